package org.hpo4j.tensorflow;

import org.hpo4j.tensorflow.layers.Initializer;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What all random layers of a training draw from. It is a part of the training's state: a trial
 * that goes on from another one draws what that one would have drawn.
 */
final class RandomKey {
  /** As many bits as a float takes without rounding; the key has twice as many. */
  private static final int BITS = 24;

  private RandomKey() {}

  static Operand<TInt64> of(Ops tf, Variables state) {
    Initializer bits =
        (size, random) -> {
          float[] values = new float[size];
          for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(1 << BITS);
          }
          return values;
        };
    Operand<TFloat32> halves = state.state("random/key", Shape.of(2), bits);
    Operand<TInt64> scaled =
        tf.math.mul(tf.dtypes.cast(halves, TInt64.class), tf.constant(new long[] {1L << BITS, 1}));
    return tf.reduceSum(scaled, tf.constant(0));
  }
}
