package org.hpo4j.tensorflow.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cross-entropy of a mask for each class: the mean over all examples, pixels and classes of {@code
 * -weight * (positive * label * log sigmoid(logit) + (1 - label) * log(1 - sigmoid(logit)))}, in
 * nats.
 *
 * <p>Logits and labels are {@code [..., classes]}, labels in [0, 1]. It is computed from logits, so
 * that it is finite and has a gradient whatever they are.
 */
public final class BinaryCrossEntropy implements Loss<TFloat32> {
  private final int classes;
  private final ClassWeights weights;
  private final ClassWeights positiveWeights;

  private BinaryCrossEntropy(int classes, ClassWeights weights, ClassWeights positiveWeights) {
    this.classes = classes;
    this.weights = weights;
    this.positiveWeights = positiveWeights;
  }

  /**
   * Returns the loss with equal weights, 1.
   *
   * @param classes size of the last dimension, at least 1
   */
  public static BinaryCrossEntropy of(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("classes is " + classes + ", must be at least 1");
    }
    ClassWeights equal = ClassWeights.equal(classes);
    return new BinaryCrossEntropy(classes, equal, equal);
  }

  /**
   * Returns this loss with weights. The mean stays one over all values, not over their weights.
   *
   * @param values one for each class, at least 0
   */
  public BinaryCrossEntropy withClassWeights(double... values) {
    return new BinaryCrossEntropy(
        classes, ClassWeights.of("classWeights", classes, values), positiveWeights);
  }

  /**
   * Returns this loss with factors of its positive terms alone, for masks that are mostly empty.
   *
   * @param values one for each class, at least 0
   */
  public BinaryCrossEntropy withPositiveWeights(double... values) {
    return new BinaryCrossEntropy(
        classes, weights, ClassWeights.of("positiveWeights", classes, values));
  }

  @Override
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels) {
    Operand<TFloat32> x = tf.reshape(logits, tf.constant(new int[] {-1, classes}));
    Operand<TFloat32> y = tf.reshape(labels, tf.constant(new int[] {-1, classes}));
    // -log sigmoid(x) = softplus(-x), -log(1 - sigmoid(x)) = softplus(x).
    Operand<TFloat32> positive =
        positiveWeights.times(tf, tf.math.mul(y, tf.math.softplus(tf.math.neg(x))));
    Operand<TFloat32> negative = tf.math.mul(tf.math.sub(tf.constant(1f), y), tf.math.softplus(x));
    Operand<TFloat32> terms = weights.times(tf, tf.math.add(positive, negative));
    return tf.math.mean(tf.reshape(terms, tf.constant(new int[] {-1})), tf.constant(0));
  }
}
