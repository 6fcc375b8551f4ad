package org.hpo4j.tensorflow.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A convolution with bias, stride 1 and zero padding that keeps height and width.
 *
 * <p>Kernels are {@code [size, size, inputs, filters]}. There is no dilation: the engine's gradient
 * of a dilated convolution is wrong, without an error.
 */
public final class Conv2d implements Layer {
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> bias;

  private Conv2d(Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    this.kernel = kernel;
    this.bias = bias;
  }

  /**
   * Returns a convolution with {@code (size * size * inputs + 1) * filters} parameters.
   *
   * @param variables where its kernel and bias go, as {@code name/kernel} and {@code name/bias}
   * @param size height and width of the kernel
   * @param inputs number of input channels
   * @param filters number of output channels
   */
  public static Conv2d of(Variables variables, String name, int size, int inputs, int filters) {
    return new Conv2d(
        variables.trainable(
            name + "/kernel",
            Shape.of(size, size, inputs, filters),
            Initializer.heNormal(size * size * inputs)),
        variables.trainable(name + "/bias", Shape.of(filters), Initializer.constant(0)));
  }

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> input) {
    var tf = tower.tf();
    return tf.nn.biasAdd(tf.nn.conv2d(input, kernel, List.of(1L, 1L, 1L, 1L), "SAME"), bias);
  }
}
