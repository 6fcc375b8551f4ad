package org.hpo4j.tensorflow.loss;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Share of examples or pixels whose largest logit is the label's, in [0, 1].
 *
 * <p>Logits are {@code [..., classes]}, labels the same shape without the last dimension.
 */
public final class SparseCategoricalAccuracy implements MeanMetric<TInt32> {
  private SparseCategoricalAccuracy() {}

  /** Returns the metric. */
  public static SparseCategoricalAccuracy ofDefaults() {
    return new SparseCategoricalAccuracy();
  }

  @Override
  public Operand<TFloat32> mean(Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels) {
    Operand<TInt32> predicted = tf.math.argMax(logits, tf.constant(-1), TInt32.class);
    Operand<TFloat32> hits = tf.dtypes.cast(tf.math.equal(predicted, labels), TFloat32.class);
    Operand<TFloat32> flat = tf.reshape(hits, tf.constant(new int[] {-1}));
    return tf.math.mean(flat, tf.constant(0));
  }
}
