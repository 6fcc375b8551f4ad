package org.hpo4j.examples.unet.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.djl.block.Activation;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedBlock;
import org.hpo4j.djl.block.NamedSequence;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.model.UNet;

/** The study's U-Net in blocks of DJL: {@code [batch, 3, height, width]} in and out. */
final class DjlUNet extends NamedBlock {
  private final UNet unet;
  private final List<Block> encoder = new ArrayList<>();
  private final List<Block> decoder = new ArrayList<>();
  private final Block pool = Blocks.maxPool(2, 2, 0);
  private final Block head;

  DjlUNet(UNet unet) {
    this.unet = unet;
    List<Integer> filters = unet.filters();
    for (int level = 0; level < filters.size(); level++) {
      encoder.add(child("encoder" + level, convolutions(filters.get(level))));
    }
    for (int level = filters.size() - 2; level >= 0; level--) {
      decoder.add(child("decoder" + level, Blocks.transposedConv2d(filters.get(level))));
    }
    head = child("head", Conv2d.builder(1, unet.headChannels()).build());
  }

  private Block convolutions(int filters) {
    NamedSequence block = new NamedSequence();
    for (int i = 1; i <= 2; i++) {
      block
          .add("conv" + i, Conv2d.builder(3, filters).build())
          .add("norm" + i, Blocks.batchNorm(unet.batchNormMomentum()))
          .add("relu" + i, Activation.relu().block());
    }
    return block;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape image = inputShapes[0];
    return new Shape[] {new Shape(image.get(0), Label.COUNT, image.get(2), image.get(3))};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    List<Integer> filters = unet.filters();
    Shape x = inputShapes[0];
    for (int level = 0; level < encoder.size(); level++) {
      long side = 1L << level;
      x = new Shape(x.get(0), x.get(1), inputShapes[0].get(2) / side, inputShapes[0].get(3) / side);
      encoder.get(level).initialize(manager, type, x);
      x = new Shape(x.get(0), filters.get(level), x.get(2), x.get(3));
    }
    for (Block up : decoder) {
      up.initialize(manager, type, x);
      Shape upped = up.getOutputShapes(new Shape[] {x})[0];
      x = new Shape(upped.get(0), 2 * upped.get(1), upped.get(2), upped.get(3));
    }
    head.initialize(manager, type, x);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    List<NDArray> skips = new ArrayList<>();
    NDList x = inputs;
    for (int level = 0; level < encoder.size(); level++) {
      if (level > 0) {
        x = pool.forward(store, x, training);
      }
      x = encoder.get(level).forward(store, x, training);
      skips.add(x.singletonOrThrow());
    }
    for (int i = 0; i < decoder.size(); i++) {
      NDArray up = decoder.get(i).forward(store, x, training).singletonOrThrow();
      x = new NDList(NDArrays.concat(new NDList(skips.get(encoder.size() - 2 - i), up), 1));
    }
    return new NDList(groupedSum(head.forward(store, x, training).singletonOrThrow()));
  }

  /** Each class's logit is the sum of its group of filters. */
  private NDArray groupedSum(NDArray filters) {
    if (unet.headChannels() == Label.COUNT) {
      return filters;
    }
    Shape shape = filters.getShape();
    return filters
        .reshape(shape.get(0), Label.COUNT, shape.get(1) / Label.COUNT, shape.get(2), shape.get(3))
        .sum(new int[] {2});
  }
}
