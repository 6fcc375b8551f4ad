package org.hpo4j.tensorflow.layers;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A fully connected layer, {@code x * kernel + bias}.
 *
 * <p>Input is {@code [batch, inputs]}, output {@code [batch, outputs]}; the kernel is {@code
 * [inputs, outputs]}.
 */
public final class Dense implements Layer {
  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> bias;

  private Dense(Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    this.kernel = kernel;
    this.bias = bias;
  }

  /**
   * Returns a layer with {@code (inputs + 1) * outputs} parameters.
   *
   * @param variables where its kernel and bias go, as {@code name/kernel} and {@code name/bias}
   * @param inputs number of input features
   * @param outputs number of output features
   */
  public static Dense of(Variables variables, String name, int inputs, int outputs) {
    return new Dense(
        variables.trainable(
            name + "/kernel", Shape.of(inputs, outputs), Initializer.heNormal(inputs)),
        variables.trainable(name + "/bias", Shape.of(outputs), Initializer.constant(0)));
  }

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> input) {
    var tf = tower.tf();
    return tf.nn.biasAdd(tf.linalg.matMul(input, kernel), bias);
  }
}
