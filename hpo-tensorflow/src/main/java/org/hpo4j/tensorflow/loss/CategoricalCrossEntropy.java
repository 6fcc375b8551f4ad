package org.hpo4j.tensorflow.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cross-entropy between a distribution over classes and logits: the mean over all examples and
 * pixels of {@code -sum(weight * label * log softmax(logits))}, in nats.
 *
 * <p>Logits and labels are {@code [..., classes]}. For labels that are one class each, {@link
 * SparseCategoricalCrossEntropy} takes a fraction of the memory.
 */
public final class CategoricalCrossEntropy implements Loss<TFloat32> {
  private final int classes;
  private final ClassWeights weights;

  private CategoricalCrossEntropy(int classes, ClassWeights weights) {
    this.classes = classes;
    this.weights = weights;
  }

  /**
   * Returns the loss with equal weights, 1.
   *
   * @param classes size of the last dimension, at least 2
   */
  public static CategoricalCrossEntropy of(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + ", must be at least 2");
    }
    return new CategoricalCrossEntropy(classes, ClassWeights.equal(classes));
  }

  /**
   * Returns this loss with weights. The mean stays one over all pixels, not over their weights.
   *
   * @param values one for each class, at least 0
   */
  public CategoricalCrossEntropy withClassWeights(double... values) {
    return new CategoricalCrossEntropy(classes, ClassWeights.of("classWeights", classes, values));
  }

  @Override
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> labels) {
    Operand<TFloat32> rows = tf.reshape(labels, tf.constant(new int[] {-1, classes}));
    return mean(tf, logits, rows, classes, weights);
  }

  /**
   * On two dimensions, and by its definition: the engine's gradient of log-softmax on four is wrong
   * without an error, so is that of its own cross-entropy where labels don't sum to 1, and its
   * sparse one has none.
   */
  static Operand<TFloat32> mean(
      Ops tf,
      Operand<TFloat32> logits,
      Operand<TFloat32> labelRows,
      int classes,
      ClassWeights weights) {
    Operand<TFloat32> logProbabilities =
        tf.nn.logSoftmax(tf.reshape(logits, tf.constant(new int[] {-1, classes})));
    Operand<TFloat32> logLikelihoods =
        tf.reduceSum(tf.math.mul(weights.times(tf, labelRows), logProbabilities), tf.constant(1));
    return tf.math.neg(tf.math.mean(logLikelihoods, tf.constant(0)));
  }
}
