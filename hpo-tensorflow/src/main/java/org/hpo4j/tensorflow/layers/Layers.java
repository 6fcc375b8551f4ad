package org.hpo4j.tensorflow.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Layers without variables or randomness. */
public final class Layers {
  private Layers() {}

  /** Returns {@code max(x, 0)}. */
  public static Layer relu() {
    return (tower, input) -> tower.tf().nn.relu(input);
  }

  /**
   * Returns the maximum over windows of 2x2 pixels; halves height and width, which must be even.
   */
  public static Layer maxPool2x2() {
    return maxPool(2, 2);
  }

  /**
   * Returns the maximum over square windows. Images are extended by {@code (size - 1) / 2} pixels
   * on each side, which never are the maximum.
   *
   * @param size height and width of a window, at least 1
   * @param stride pixels from one window to the next, at least 1
   */
  public static Layer maxPool(int size, int stride) {
    if (size < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "size is " + size + " and stride is " + stride + ", both must be at least 1");
    }
    return (tower, input) -> {
      Ops tf = tower.tf();
      return tf.nn.maxPool(
          Padding.around(tf, input, (size - 1) / 2, -Float.MAX_VALUE),
          tf.constant(new int[] {1, size, size, 1}),
          tf.constant(new int[] {1, stride, stride, 1}),
          "VALID");
    };
  }

  /** Returns the mean of each channel over height and width, {@code [batch, channels]}. */
  public static Layer globalAveragePool() {
    return (tower, input) -> tower.tf().math.mean(input, tower.tf().constant(new int[] {1, 2}));
  }

  /** Returns each example's values in one row, {@code [batch, height * width * channels]}. */
  public static Layer flatten() {
    return (tower, input) -> {
      Ops tf = tower.tf();
      Operand<TInt32> examples =
          tf.slice(tf.shape(input), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
      return tf.reshape(
          input, tf.concat(List.of(examples, tf.constant(new int[] {-1})), tf.constant(0)));
    };
  }

  /**
   * Returns the sums of groups of neighbouring channels: of {@code c} input channels, output
   * channel {@code k} is the sum of the channels {@code k * c / groups} to {@code (k + 1) * c /
   * groups - 1}.
   *
   * @param channels number of input channels, a multiple of {@code groups}
   * @param groups number of output channels, at least 1
   */
  public static Layer groupedSum(int channels, int groups) {
    if (groups < 1 || channels < groups || channels % groups != 0) {
      throw new IllegalArgumentException(
          "channels is " + channels + ", must be a positive multiple of groups, " + groups);
    }
    return (tower, input) -> {
      Ops tf = tower.tf();
      Operand<TInt32> size =
          tf.slice(tf.shape(input), tf.constant(new int[] {0}), tf.constant(new int[] {3}));
      Operand<TFloat32> grouped =
          tf.reshape(input, tf.constant(new int[] {-1, groups, channels / groups}));
      Operand<TFloat32> sums = tf.reduceSum(grouped, tf.constant(2));
      return tf.reshape(
          sums, tf.concat(List.of(size, tf.constant(new int[] {groups})), tf.constant(0)));
    };
  }

  /** Joins two operands of equal batch, height and width along their channels. */
  public static Operand<TFloat32> concatChannels(
      Tower tower, Operand<TFloat32> first, Operand<TFloat32> second) {
    return tower.tf().concat(List.of(first, second), tower.tf().constant(3));
  }
}
