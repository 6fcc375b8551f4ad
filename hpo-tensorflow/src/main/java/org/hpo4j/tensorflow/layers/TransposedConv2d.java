package org.hpo4j.tensorflow.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Slice;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A 2x2 transposed convolution with stride 2 and bias: doubles height and width.
 *
 * <p>It is the gradient of a strided convolution with respect to its input, which is how the engine
 * computes it. Kernels are {@code [2, 2, filters, inputs]}, output channels first.
 */
public final class TransposedConv2d implements Layer {
  private static final int SIZE = 2;

  private final Operand<TFloat32> kernel;
  private final Operand<TFloat32> bias;
  private final int filters;

  private TransposedConv2d(Operand<TFloat32> kernel, Operand<TFloat32> bias, int filters) {
    this.kernel = kernel;
    this.bias = bias;
    this.filters = filters;
  }

  /**
   * Returns a transposed convolution with {@code (4 * inputs + 1) * filters} parameters.
   *
   * @param variables where its kernel and bias go, as {@code name/kernel} and {@code name/bias}
   * @param inputs number of input channels
   * @param filters number of output channels
   */
  public static TransposedConv2d of(Variables variables, String name, int inputs, int filters) {
    // Windows do not overlap, so each output pixel reads one input pixel.
    return new TransposedConv2d(
        variables.trainable(
            name + "/kernel",
            Shape.of(SIZE, SIZE, filters, inputs),
            Initializer.glorotUniform(inputs, SIZE * SIZE * filters)),
        variables.trainable(name + "/bias", Shape.of(filters), Initializer.constant(0)),
        filters);
  }

  @Override
  public Operand<TFloat32> apply(Tower tower, Operand<TFloat32> input) {
    Ops tf = tower.tf();
    // Batch, height and width are known only when the graph runs.
    Slice<TInt32> size =
        tf.slice(tf.shape(input), tf.constant(new int[] {0}), tf.constant(new int[] {3}));
    Operand<TInt32> outputShape =
        tf.concat(
            List.of(
                tf.math.mul(size, tf.constant(new int[] {1, SIZE, SIZE})),
                tf.constant(new int[] {filters})),
            tf.constant(0));
    Operand<TFloat32> output =
        tf.nn.conv2dBackpropInput(
            outputShape, kernel, input, List.of(1L, (long) SIZE, (long) SIZE, 1L), "VALID");
    return tf.nn.biasAdd(output, bias);
  }
}
