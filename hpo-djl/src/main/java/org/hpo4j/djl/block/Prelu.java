package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;

/** A rectifier with learned slopes, which DJL's PyTorch engine does not implement. */
final class Prelu extends NamedBlock {
  private final boolean shared;
  private final Parameter slope;

  Prelu(boolean shared, double initialSlope) {
    this.shared = shared;
    slope =
        addParameter(
            Parameter.builder()
                .setName("slope")
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializers.constant(initialSlope))
                .build());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    slope.setShape(new Shape(shared ? 1 : inputShapes[0].get(1)));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    long[] channelsOnly = new long[x.getShape().dimension()];
    Arrays.fill(channelsOnly, 1);
    channelsOnly[1] = shared ? 1 : x.getShape().get(1);
    NDArray slopes = value(store, slope, x, training).reshape(channelsOnly);
    return new NDList(Activation.relu(x).sub(slopes.mul(Activation.relu(x.neg()))));
  }
}
