package org.hpo4j.djl.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;

/**
 * Cross-entropy between class numbers and logits: the mean over all examples and pixels of {@code
 * -weight[label] * log softmax(logits)[label]}, in nats.
 *
 * <p>Logits are {@code [batch, classes, ...]}, labels the same shape without the second dimension,
 * of any type, in {@code [0, classes)}; a label outside adds nothing to the sum.
 */
public final class SparseCategoricalCrossEntropy extends Loss {
  private final int classes;
  private final ClassWeights weights;

  private SparseCategoricalCrossEntropy(int classes, ClassWeights weights) {
    super("SparseCategoricalCrossEntropy");
    this.classes = classes;
    this.weights = weights;
  }

  /**
   * Returns the loss with equal weights, 1.
   *
   * @param classes size of the logits' second dimension, at least 2
   */
  public static SparseCategoricalCrossEntropy of(int classes) {
    Labels.atLeast(2, classes);
    return new SparseCategoricalCrossEntropy(classes, ClassWeights.equal(classes));
  }

  /**
   * Returns this loss with weights. The mean stays one over all pixels, not over their weights.
   *
   * @param values one for each class, finite and at least 0
   */
  public SparseCategoricalCrossEntropy withClassWeights(double... values) {
    return new SparseCategoricalCrossEntropy(
        classes, ClassWeights.of("classWeights", classes, values));
  }

  /**
   * Returns the loss of a batch, a single number.
   *
   * @param labels one array of class numbers
   * @param predictions one array of logits
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray logits = predictions.singletonOrThrow();
    Shape shape = logits.getShape();
    Labels.requireClasses(shape, classes);
    NDArray numbers = labels.singletonOrThrow();
    Labels.requireShape(numbers.getShape(), shape.slice(0, 1).addAll(shape.slice(2)));
    NDArray oneHot = OneHot.of(numbers, classes).toType(logits.getDataType(), false);
    // Its gradient reads the divisor, which DJL would free at once if it were given as a number.
    NDArray pixels = logits.getManager().create(-(shape.size() / classes));
    return weights.times(oneHot).mul(logits.logSoftmax(1)).sum().div(pixels);
  }
}
