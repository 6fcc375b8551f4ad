package org.hpo4j.djl.vision;

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
import java.util.Map;
import org.hpo4j.djl.block.Blocks;
import org.hpo4j.djl.block.NamedBlock;

/**
 * A level of a U-Net's way up: doubles its first input, joins it behind the second, if there is
 * one, and applies a block.
 */
final class UpLevel extends NamedBlock {
  private final Block transposed;
  private final List<Block> layers = new ArrayList<>();

  UpLevel(int filters, ConvStyle style) {
    transposed = child("transposed", Blocks.transposedConv2d(filters));
    for (Map.Entry<String, Block> layer : style.layers(filters, 1, 1).entrySet()) {
      layers.add(child(layer.getKey(), layer.getValue()));
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape[] shapes = joined(inputShapes);
    for (Block layer : layers) {
      shapes = layer.getOutputShapes(shapes);
    }
    return shapes;
  }

  private Shape[] joined(Shape[] inputShapes) {
    Shape larger = transposed.getOutputShapes(new Shape[] {inputShapes[0]})[0];
    long channels = larger.get(1) + (inputShapes.length > 1 ? inputShapes[1].get(1) : 0);
    return new Shape[] {new Shape(larger.get(0), channels, larger.get(2), larger.get(3))};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    transposed.initialize(manager, type, inputShapes[0]);
    Shape[] shapes = joined(inputShapes);
    for (Block layer : layers) {
      layer.initialize(manager, type, shapes);
      shapes = layer.getOutputShapes(shapes);
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList x = transposed.forward(store, new NDList(inputs.get(0)), training);
    if (inputs.size() > 1) {
      x = new NDList(NDArrays.concat(new NDList(inputs.get(1), x.singletonOrThrow()), 1));
    }
    for (Block layer : layers) {
      x = layer.forward(store, x, training);
    }
    return x;
  }
}
