package org.hpo4j.tensorflow.layers;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A convolution with zero padding: {@code (size - 1) / 2} pixels on each side for an odd size, so
 * that height and width stay, or with a stride become a part of it, rounded up.
 *
 * <p>Kernels are {@code [size, size, inputs, filters]}.
 */
public final class Conv2d implements Layer {
  private final Operand<TFloat32> kernel;
  private final Optional<Operand<TFloat32>> bias;
  private final String name;
  private final int size;
  private final int stride;
  private final int dilation;

  private Conv2d(
      Operand<TFloat32> kernel,
      Optional<Operand<TFloat32>> bias,
      String name,
      int size,
      int stride,
      int dilation) {
    this.kernel = kernel;
    this.bias = bias;
    this.name = name;
    this.size = size;
    this.stride = stride;
    this.dilation = dilation;
  }

  /**
   * Returns a convolution with {@code (size * size * inputs + 1) * filters} parameters, stride 1
   * and dilation 1.
   *
   * @param variables where its kernel and bias go, as {@code name/kernel} and {@code name/bias}
   * @param size height and width of the kernel
   * @param inputs number of input channels
   * @param filters number of output channels
   */
  public static Conv2d of(Variables variables, String name, int size, int inputs, int filters) {
    Operand<TFloat32> kernel = kernel(variables, name, size, inputs, filters);
    Operand<TFloat32> bias =
        variables.trainable(name + "/bias", Shape.of(filters), Initializer.constant(0));
    return new Conv2d(kernel, Optional.of(bias), name, size, 1, 1);
  }

  /** Returns a convolution without bias, as before a batch normalization, which has its own. */
  public static Conv2d withoutBias(
      Variables variables, String name, int size, int inputs, int filters) {
    Operand<TFloat32> kernel = kernel(variables, name, size, inputs, filters);
    return new Conv2d(kernel, Optional.empty(), name, size, 1, 1);
  }

  private static Operand<TFloat32> kernel(
      Variables variables, String name, int size, int inputs, int filters) {
    return variables.trainable(
        name + "/kernel",
        Shape.of(size, size, inputs, filters),
        Initializer.heNormal(size * size * inputs));
  }

  /**
   * Returns this convolution, with the same variables, at every {@code step}-th pixel only.
   *
   * @param step at least 1; above 1 the size must be odd and the dilation 1
   */
  public Conv2d withStride(int step) {
    return new Conv2d(kernel, bias, name, requireOption("stride", step), step, dilation)
        .requireOneOption();
  }

  /**
   * Returns this convolution, with the same variables, its kernel's entries {@code rate} pixels
   * apart (Yu and Koltun, "Multi-scale context aggregation by dilated convolutions", ICLR 2016,
   * equation 2).
   *
   * @param rate at least 1; above 1 the size must be odd and the stride 1
   */
  public Conv2d withDilation(int rate) {
    return new Conv2d(kernel, bias, name, requireOption("dilation", rate), stride, rate)
        .requireOneOption();
  }

  private int requireOption(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          option + " of '" + name + "' is " + value + ", must be at least 1");
    }
    if (value > 1 && size % 2 == 0) {
      throw new IllegalArgumentException(
          "size of '" + name + "' is " + size + ", must be odd with a " + option + " above 1");
    }
    return size;
  }

  private Conv2d requireOneOption() {
    if (stride > 1 && dilation > 1) {
      throw new IllegalArgumentException(
          "'%s' has stride %d and dilation %d, only one of them may be above 1"
              .formatted(name, stride, dilation));
    }
    return this;
  }

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> input) {
    Ops tf = tower.tf();
    Operand<TFloat32> output;
    if (stride > 1) {
      output = strided(tf, input);
    } else if (dilation > 1) {
      output = DilatedConvolution.apply(tf, input, kernel, size, dilation);
    } else {
      output = tf.nn.conv2d(input, kernel, List.of(1L, 1L, 1L, 1L), "SAME");
    }
    return bias.isPresent() ? tf.nn.biasAdd(output, bias.get()) : output;
  }

  /** The engine's SAME pads more at the end than at the start, and other engines do not. */
  private Operand<TFloat32> strided(Ops tf, Operand<TFloat32> input) {
    Operand<TFloat32> padded = Padding.around(tf, input, (size - 1) / 2, 0);
    return tf.nn.conv2d(padded, kernel, List.of(1L, (long) stride, (long) stride, 1L), "VALID");
  }
}
