package org.hpo4j.djl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.training.loss.Loss;

/**
 * Cross-entropy of a mask for each class: the mean over all examples, pixels and classes of {@code
 * -weight * (positive * label * log sigmoid(logit) + (1 - label) * log(1 - sigmoid(logit)))}, in
 * nats.
 *
 * <p>Logits and labels are {@code [batch, classes, ...]}, labels of any type, in [0, 1]. It is
 * computed from logits, so that it is finite and has a gradient whatever they are.
 */
public final class BinaryCrossEntropy extends Loss {
  private final int classes;
  private final ClassWeights weights;
  private final ClassWeights positiveWeights;

  private BinaryCrossEntropy(int classes, ClassWeights weights, ClassWeights positiveWeights) {
    super("BinaryCrossEntropy");
    this.classes = classes;
    this.weights = weights;
    this.positiveWeights = positiveWeights;
  }

  /**
   * Returns the loss with equal weights, 1.
   *
   * @param classes size of the second dimension, at least 1
   */
  public static BinaryCrossEntropy of(int classes) {
    ClassWeights equal = ClassWeights.equal(Labels.atLeast(1, classes));
    return new BinaryCrossEntropy(classes, equal, equal);
  }

  /**
   * Returns this loss with weights. The mean stays one over all values, not over their weights.
   *
   * @param values one for each class, finite and at least 0
   */
  public BinaryCrossEntropy withClassWeights(double... values) {
    return new BinaryCrossEntropy(
        classes, ClassWeights.of("classWeights", classes, values), positiveWeights);
  }

  /**
   * Returns this loss with factors of its positive terms alone, for masks that are mostly empty.
   *
   * @param values one for each class, finite and at least 0
   */
  public BinaryCrossEntropy withPositiveWeights(double... values) {
    return new BinaryCrossEntropy(
        classes, weights, ClassWeights.of("positiveWeights", classes, values));
  }

  /**
   * Returns the loss of a batch, a single number.
   *
   * @param labels one array of masks
   * @param predictions one array of logits
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray x = predictions.singletonOrThrow();
    Labels.requireClasses(x.getShape(), classes);
    NDArray y = labels.singletonOrThrow().toType(x.getDataType(), false);
    Labels.requireShape(y.getShape(), x.getShape());
    // -log sigmoid(x) = softplus(-x), -log(1 - sigmoid(x)) = softplus(x).
    NDArray positive = positiveWeights.times(y.mul(Activation.softPlus(x.neg())));
    NDArray negative = y.neg().add(1).mul(Activation.softPlus(x));
    return weights.times(positive.add(negative)).mean();
  }
}
