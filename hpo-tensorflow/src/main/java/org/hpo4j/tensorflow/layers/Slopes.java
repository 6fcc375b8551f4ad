package org.hpo4j.tensorflow.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Rectifiers with a slope for negative values. */
final class Slopes {
  private Slopes() {}

  /**
   * Returns {@code x} where it is positive and {@code slope * x} elsewhere, with a gradient for
   * both (He et al., "Delving deep into rectifiers", ICCV 2015, equations 1 and 8).
   */
  static Operand<TFloat32> rectify(Ops tf, Operand<TFloat32> x, Operand<TFloat32> slope) {
    return tf.math.sub(tf.nn.relu(x), tf.math.mul(slope, tf.nn.relu(tf.math.neg(x))));
  }

  static void requireSlope(String name, double slope) {
    if (!(slope >= 0 && slope <= 1)) {
      throw new IllegalArgumentException(name + " is " + slope + ", must be in [0, 1]");
    }
  }
}
