package org.hpo4j.djl.vision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.hpo4j.djl.block.Conv2d;
import org.hpo4j.djl.block.NamedBlock;

/** A fire module: a 1x1 convolution to few channels, then 1x1 and 3x3 ones side by side. */
final class Fire extends NamedBlock {
  private final Block squeeze;
  private final Block expand1x1;
  private final Block expand3x3;

  /**
   * @param squeezed channels of the first convolution
   * @param expanded channels of each of the two after it
   */
  Fire(int squeezed, int expanded) {
    squeeze = child("squeeze1x1", Conv2d.builder(1, squeezed).build());
    expand1x1 = child("expand1x1", Conv2d.builder(1, expanded).build());
    expand3x3 = child("expand3x3", Conv2d.builder(3, expanded).build());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape half = expand1x1.getOutputShapes(squeeze.getOutputShapes(inputShapes))[0];
    return new Shape[] {new Shape(half.get(0), 2 * half.get(1), half.get(2), half.get(3))};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputShapes) {
    squeeze.initialize(manager, type, inputShapes);
    Shape[] squeezed = squeeze.getOutputShapes(inputShapes);
    expand1x1.initialize(manager, type, squeezed);
    expand3x3.initialize(manager, type, squeezed);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList squeezed = new NDList(rectified(squeeze, store, inputs, training));
    return new NDList(
        NDArrays.concat(
            new NDList(
                rectified(expand1x1, store, squeezed, training),
                rectified(expand3x3, store, squeezed, training)),
            1));
  }

  private static NDArray rectified(
      Block convolution, ParameterStore store, NDList inputs, boolean training) {
    return Activation.relu(convolution.forward(store, inputs, training).singletonOrThrow());
  }
}
