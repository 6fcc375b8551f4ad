package org.hpo4j.djl.vision;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedBlock;

/**
 * Two 3x3 convolutions and what they read, added (He et al., CVPR 2016, figure 2); where size or
 * channels change, a 1x1 convolution of it (option B of section 4.1).
 */
final class Residual extends NamedBlock {
  private static final int KERNEL = 3;

  private final List<Block> branch = new ArrayList<>();
  private final List<Block> shortcut = new ArrayList<>();
  private final Block sum;
  private final Block last;

  Residual(int filters, int stride, boolean projected, ConvStyle style) {
    branch.add(child("conv0", convolution(KERNEL, filters, stride, style)));
    branch.add(child("norm0", style.norm()));
    branch.add(child("activation0", style.activation().block()));
    branch.add(child("conv1", convolution(KERNEL, filters, 1, style)));
    branch.add(child("norm1", style.norm()));
    if (projected) {
      shortcut.add(child("shortcut", convolution(1, filters, stride, style)));
      shortcut.add(child("shortcut_norm", style.norm()));
    }
    sum = child("sum", new Sum());
    last = child("activation1", style.activation().block());
  }

  static Conv2d convolution(int size, int filters, int stride, ConvStyle style) {
    return Conv2d.builder(size, filters)
        .stride(stride)
        .withoutBias()
        .followedBySlope(style.activation().slope())
        .build();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block block : branch) {
      shapes = block.getOutputShapes(shapes);
    }
    return shapes;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    Shape[] shapes = initialize(branch, manager, type, inputShapes);
    Shape[] identity = initialize(shortcut, manager, type, inputShapes);
    sum.initialize(manager, type, shapes[0], identity[0]);
    last.initialize(manager, type, shapes);
  }

  private static Shape[] initialize(
      List<Block> blocks, NDManager manager, DataType type, Shape[] inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block block : blocks) {
      block.initialize(manager, type, shapes);
      shapes = block.getOutputShapes(shapes);
    }
    return shapes;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList x = inputs;
    for (Block block : branch) {
      x = block.forward(store, x, training);
    }
    NDList identity = inputs;
    for (Block block : shortcut) {
      identity = block.forward(store, identity, training);
    }
    NDList both = new NDList(x.singletonOrThrow(), identity.singletonOrThrow());
    return last.forward(store, sum.forward(store, both, training), training);
  }
}
