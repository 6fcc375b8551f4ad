package org.hpo4j.tensorflow.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Cross-entropy between integer labels and logits: the mean over all examples and pixels of {@code
 * -weight[label] * log softmax(logits)[label]}, in nats.
 *
 * <p>Logits are {@code [..., classes]}, labels the same shape without the last dimension, in {@code
 * [0, classes)}; a label outside adds nothing to the sum.
 */
public final class SparseCategoricalCrossEntropy implements Loss<TInt32> {
  private final int classes;
  private final ClassWeights weights;

  private SparseCategoricalCrossEntropy(int classes, ClassWeights weights) {
    this.classes = classes;
    this.weights = weights;
  }

  /**
   * Returns the loss with equal weights, 1.
   *
   * @param classes size of the logits' last dimension, at least 2
   */
  public static SparseCategoricalCrossEntropy of(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + ", must be at least 2");
    }
    return new SparseCategoricalCrossEntropy(classes, ClassWeights.equal(classes));
  }

  /**
   * Returns this loss with weights. The mean stays one over all pixels, not over their weights.
   *
   * @param values one for each class, at least 0
   */
  public SparseCategoricalCrossEntropy withClassWeights(double... values) {
    return new SparseCategoricalCrossEntropy(
        classes, ClassWeights.of("classWeights", classes, values));
  }

  @Override
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels) {
    Operand<TFloat32> oneHot =
        tf.oneHot(
            tf.reshape(labels, tf.constant(new int[] {-1})),
            tf.constant(classes),
            tf.constant(1f),
            tf.constant(0f));
    return CategoricalCrossEntropy.mean(tf, logits, oneHot, classes, weights);
  }
}
