package org.hpo4j.tensorflow.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Borders around images. */
final class Padding {
  private Padding() {}

  /** Adds so many pixels of one value on each of the four sides. */
  static Operand<TFloat32> around(Ops tf, Operand<TFloat32> images, int pixels, float value) {
    if (pixels == 0) {
      return images;
    }
    int[][] paddings = {{0, 0}, {pixels, pixels}, {pixels, pixels}, {0, 0}};
    return tf.pad(images, tf.constant(paddings), tf.constant(value));
  }
}
