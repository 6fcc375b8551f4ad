package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/** A fully connected layer. */
final class Dense extends NamedBlock {
  private final int units;
  private final Parameter kernel;
  private final Parameter bias;

  Dense(int units) {
    this.units = Images.requirePositive("units", units);
    kernel =
        addParameter(
            Parameter.builder()
                .setName("kernel")
                .setType(Parameter.Type.WEIGHT)
                .optInitializer(Initializers.heNormal(0))
                .build());
    bias =
        addParameter(
            Parameter.builder()
                .setName("bias")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(units))
                .optInitializer(Initializer.ZEROS)
                .build());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), units)};
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    if (input.dimension() != 2) {
      throw new IllegalArgumentException(
          "shape of the input is " + input + ", must be (batch, inputs)");
    }
    kernel.setShape(new Shape(units, input.get(1)));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    return Linear.linear(x, value(store, kernel, x, training), value(store, bias, x, training));
  }
}
