package org.hpo4j.djl.block;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;

/** Layers of images {@code [batch, channels, height, width]}. */
public final class Blocks {

  private Blocks() {}

  /**
   * Returns a 2x2 transposed convolution with stride 2, which doubles height and width. Its
   * parameters are {@code kernel}, {@code [channels, filters, 2, 2]}, and {@code bias}, {@code
   * [filters]}: {@code y[f, 2i + a, 2j + b] = bias[f] + sum over c of x[c, i, j] kernel[c, f, a,
   * b]}. First kernels are uniform by Glorot and Bengio 2010, first biases zero.
   *
   * @param filters number of output channels, at least 1
   */
  public static Block transposedConv2d(int filters) {
    return new TransposedConv2d(filters);
  }

  /**
   * Returns a normalization of each channel over the rest of a batch (Ioffe and Szegedy, "Batch
   * normalization", ICML 2015), with the variance increased by 0.001. Its parameters are {@code
   * scale}, {@code offset}, and the moving averages {@code mean} and {@code variance}, which take
   * the place of the batch's values outside of training.
   *
   * @param momentum weight of the past in the moving averages, in [0, 1). They forget their first
   *     values after some {@code 3 / (1 - momentum)} steps: 0.9 suits a training of a few hundred
   */
  public static Block batchNorm(double momentum) {
    return new BatchNorm(momentum);
  }

  /**
   * Returns a block that sets a part of the values to 0 in training and divides the others by the
   * remaining part. Draws come from the engine's generator: {@code Engine.setRandomSeed} fixes
   * them.
   *
   * @param rate the part, in [0, 1)
   */
  public static Block dropout(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("rate is " + rate + ", must be in [0, 1)");
    }
    return Dropout.builder().optRate((float) rate).build();
  }

  /**
   * Returns a fully connected layer from {@code [batch, inputs]} to {@code [batch, units]}. Its
   * parameters are {@code kernel}, {@code [units, inputs]}, and {@code bias}, {@code [units]}.
   * First kernels are normal draws by He et al. 2015, first biases zero.
   *
   * @param units number of outputs, at least 1
   */
  public static Block dense(int units) {
    return new Dense(units);
  }

  /** Returns the mean of each channel over height and width, {@code [batch, channels]}. */
  public static Block globalAveragePool() {
    return Pool.globalAvgPool2dBlock();
  }

  /**
   * Returns maxima of square windows; what is beyond the border takes no part.
   *
   * @param size height and width of a window, at least 1
   * @param stride step from one window to the next, at least 1
   * @param padding rows and columns beyond each border that windows may reach, at most half of size
   */
  public static Block maxPool(int size, int stride, int padding) {
    Images.requirePositive("size", size);
    Images.requirePositive("stride", stride);
    if (padding < 0 || 2 * padding > size) {
      throw new IllegalArgumentException(
          "padding is " + padding + ", must be in [0, " + size / 2 + "]");
    }
    return Pool.maxPool2dBlock(
        new Shape(size, size), new Shape(stride, stride), new Shape(padding, padding));
  }
}
