package org.hpo4j.djl.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A rectifier whose slope is drawn anew for each element in training, and its mean otherwise. */
final class RandomizedLeakyRelu extends NamedBlock {
  private final SlopeLaw law;

  RandomizedLeakyRelu(SlopeLaw law) {
    this.law = law;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    if (!training) {
      return new NDList(Activation.leakyRelu(x, (float) law.mean()));
    }
    NDArray slopes = law.draw(x.getManager(), x.getShape(), x.getDataType());
    return new NDList(Activation.relu(x).sub(Activation.relu(x.neg()).mul(slopes)));
  }
}
