package org.hpo4j.tensorflow.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A dilated convolution as an ordinary one over the {@code rate * rate} images of every {@code
 * rate}-th pixel, because the engine's gradient of a dilated convolution is wrong without an error.
 */
final class DilatedConvolution {
  private DilatedConvolution() {}

  /**
   * Returns the convolution with zero padding that keeps height and width.
   *
   * @param kernel {@code [size, size, inputs, filters]}
   * @param size odd
   * @param rate at least 1
   */
  static Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> input, Operand<TFloat32> kernel, int size, int rate) {
    int border = (size - 1) / 2 * rate;
    Operand<TInt32> block = tf.constant(new int[] {rate, rate});
    // Height and width are known only when the graph runs, and must be multiples of the rate: rows
    // and columns are added at the end, and taken away again.
    Operand<TInt32> heightAndWidth =
        tf.slice(tf.shape(input), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    Operand<TInt32> missing =
        tf.math.floorMod(
            tf.math.neg(tf.math.add(heightAndWidth, tf.constant(2 * border))), tf.constant(rate));
    Operand<TInt32> start = tf.constant(new int[] {border, border});
    Operand<TInt32> paddings =
        besideEachOther(tf, start, tf.math.add(missing, tf.constant(border)));
    Operand<TInt32> crops = besideEachOther(tf, tf.constant(new int[] {0, 0}), missing);
    Operand<TFloat32> parts = tf.spaceToBatchNd(input, block, paddings);
    Operand<TFloat32> convolved = tf.nn.conv2d(parts, kernel, List.of(1L, 1L, 1L, 1L), "VALID");
    return tf.batchToSpaceNd(convolved, block, crops);
  }

  /** Rows of height and of width: what comes before them, what after. */
  private static Operand<TInt32> besideEachOther(
      Ops tf, Operand<TInt32> before, Operand<TInt32> after) {
    Operand<TInt32> column = tf.constant(new int[] {2, 1});
    return tf.concat(
        List.of(tf.reshape(before, column), tf.reshape(after, column)), tf.constant(1));
  }
}
