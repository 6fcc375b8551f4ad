package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/**
 * A 2x2 transposed convolution with stride 2 and bias: doubles height and width.
 *
 * <p>DJL's PyTorch engine has no transposed convolution. Windows of this one do not overlap: every
 * output pixel reads one input pixel, through the kernel entry of its place in the 2x2 window. So
 * it is a 1x1 convolution to four times the filters, whose channels are then laid out in space (Shi
 * et al., "Real-time single image and video super-resolution", CVPR 2016, section 3.2).
 */
final class TransposedConv2d extends NamedBlock {
  private static final int SIZE = 2;

  private final int filters;
  private final Parameter kernel;
  private final Parameter bias;

  TransposedConv2d(int filters) {
    this.filters = Images.requirePositive("filters", filters);
    kernel =
        addParameter(
            Parameter.builder()
                .setName("kernel")
                .setType(Parameter.Type.WEIGHT)
                .optInitializer(Initializers.transposedGlorotUniform())
                .build());
    bias =
        addParameter(
            Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(filters))
                .optInitializer(Initializer.ZEROS)
                .build());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape input = Images.require(inputShapes[0]);
    return new Shape[] {new Shape(input.get(0), filters, SIZE * input.get(2), SIZE * input.get(3))};
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    long channels = Images.require(inputShapes[0]).get(1);
    kernel.setShape(new Shape(channels, filters, SIZE, SIZE));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    Shape shape = x.getShape();
    long batch = shape.get(0);
    long height = shape.get(2);
    long width = shape.get(3);
    NDArray weight =
        value(store, kernel, x, training)
            .transpose(1, 2, 3, 0)
            .reshape((long) SIZE * SIZE * filters, shape.get(1), 1, 1);
    NDArray windows =
        ai.djl.nn.convolutional.Conv2d.conv2d(x, weight)
            .singletonOrThrow()
            .reshape(batch, filters, SIZE, SIZE, height, width);
    NDArray image =
        windows.transpose(0, 1, 4, 2, 5, 3).reshape(batch, filters, SIZE * height, SIZE * width);
    return new NDList(image.add(value(store, bias, x, training).reshape(1, filters, 1, 1)));
  }
}
