package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/** Batch normalization over all axes but the second, with the names of {@code hpo-tensorflow}. */
final class BatchNorm extends NamedBlock {
  private static final float EPSILON = 1e-3f;
  private static final int CHANNEL_AXIS = 1;

  private final float momentum;
  private final Parameter scale = parameter("scale", Parameter.Type.GAMMA, Initializer.ONES, true);
  private final Parameter offset =
      parameter("offset", Parameter.Type.BETA, Initializer.ZEROS, true);
  private final Parameter mean =
      parameter("mean", Parameter.Type.RUNNING_MEAN, Initializer.ZEROS, false);
  private final Parameter variance =
      parameter("variance", Parameter.Type.RUNNING_VAR, Initializer.ONES, false);

  BatchNorm(double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum is " + momentum + ", must be in [0, 1)");
    }
    this.momentum = (float) momentum;
  }

  private Parameter parameter(
      String name, Parameter.Type type, Initializer initializer, boolean trainable) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(type)
            .optInitializer(initializer)
            .optRequiresGrad(trainable)
            .build());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    Shape channels = new Shape(inputShapes[0].get(CHANNEL_AXIS));
    for (Parameter parameter : getDirectParameters().values()) {
      parameter.setShape(channels);
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    return ai.djl.nn.norm.BatchNorm.batchNorm(
        x,
        value(store, mean, x, training),
        value(store, variance, x, training),
        value(store, scale, x, training),
        value(store, offset, x, training),
        CHANNEL_AXIS,
        momentum,
        EPSILON,
        training);
  }
}
