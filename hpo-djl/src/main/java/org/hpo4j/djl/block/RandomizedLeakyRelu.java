package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A rectifier whose slope is drawn anew for each element in training, and its mean otherwise. */
final class RandomizedLeakyRelu extends NamedBlock {
  private final Law law;
  private final float mean;

  /** Where slopes come from. */
  @FunctionalInterface
  interface Law {
    NDArray draw(NDManager manager, Shape shape, DataType type);
  }

  private RandomizedLeakyRelu(Law law, double mean) {
    this.law = law;
    this.mean = (float) mean;
  }

  static RandomizedLeakyRelu uniform(double lower, double upper) {
    return new RandomizedLeakyRelu(
        (manager, shape, type) ->
            manager.randomUniform((float) lower, (float) upper, shape, type, manager.getDevice()),
        (lower + upper) / 2);
  }

  static RandomizedLeakyRelu normal(double mean, double deviation) {
    return new RandomizedLeakyRelu(
        (manager, shape, type) ->
            manager.randomNormal((float) mean, (float) deviation, shape, type, manager.getDevice()),
        mean);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    NDArray negative = Activation.relu(x.neg());
    NDArray leak =
        training
            ? negative.mul(law.draw(x.getManager(), x.getShape(), x.getDataType()))
            : negative.mul(mean);
    return new NDList(Activation.relu(x).sub(leak));
  }
}
