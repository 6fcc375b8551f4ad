package org.hpo4j.examples.anything;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import ai.djl.training.loss.Loss;

/**
 * The mean of {@code max(0, 1 - margin)}, where the margin of two logits is that of the true class
 * less that of the other.
 */
final class MarginLoss extends Loss {
  MarginLoss() {
    super("margin");
  }

  @Override
  public NDArray evaluate(NDList labels, NDList outputs) {
    NDArray logits = outputs.singletonOrThrow();
    // 1 for class 1, -1 for class 0.
    NDArray sign = labels.singletonOrThrow().toType(DataType.FLOAT32, false).mul(2f).sub(1f);
    NDArray margin = logits.get(":, 1").sub(logits.get(":, 0")).mul(sign);
    // Not maximum(0f): DJL may free a number before the gradient is computed (docs/djl.md).
    return Activation.relu(margin.neg().add(1f)).mean();
  }
}
