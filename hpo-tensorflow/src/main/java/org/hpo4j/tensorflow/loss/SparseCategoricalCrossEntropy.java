package org.hpo4j.tensorflow.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Cross-entropy between integer labels and logits: the mean over all examples and pixels of {@code
 * -log softmax(logits)[label]}, in nats.
 *
 * <p>Logits are {@code [..., classes]}, labels the same shape without the last dimension, in {@code
 * [0, classes)}; a label outside adds nothing to the sum. Computed on two dimensions: the engine's
 * gradient of log-softmax on four is wrong, and its own sparse cross-entropy has none.
 */
public final class SparseCategoricalCrossEntropy implements Loss<TInt32> {
  private final int classes;

  private SparseCategoricalCrossEntropy(int classes) {
    this.classes = classes;
  }

  /**
   * Returns the loss.
   *
   * @param classes size of the logits' last dimension, at least 2
   */
  public static SparseCategoricalCrossEntropy of(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + ", must be at least 2");
    }
    return new SparseCategoricalCrossEntropy(classes);
  }

  @Override
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels) {
    Operand<TFloat32> logProbabilities =
        tf.nn.logSoftmax(tf.reshape(logits, tf.constant(new int[] {-1, classes})));
    Operand<TFloat32> oneHot =
        tf.oneHot(
            tf.reshape(labels, tf.constant(new int[] {-1})),
            tf.constant(classes),
            tf.constant(1f),
            tf.constant(0f));
    Operand<TFloat32> logLikelihoods =
        tf.reduceSum(tf.math.mul(oneHot, logProbabilities), tf.constant(1));
    return tf.math.neg(tf.math.mean(logLikelihoods, tf.constant(0)));
  }
}
