package org.hpo4j.tensorflow;

import java.util.Arrays;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Values and shape of a tensor, on the Java heap.
 *
 * <p>Threads that load data pass these on; native memory is taken only for the one step that needs
 * it, so that there is nothing to leak however a training ends.
 *
 * @param <T> type of the tensor
 */
public abstract sealed class TensorData<T extends TType> {
  private final Shape shape;
  private final Class<T> type;

  private TensorData(Shape shape, Class<T> type, int length) {
    if (shape.hasUnknownDimension() || shape.size() != length) {
      throw new IllegalArgumentException(
          "shape is " + shape + ", its size must equal the number of values, " + length);
    }
    this.shape = shape;
    this.type = type;
  }

  /**
   * Returns floats of a shape; the array is not copied.
   *
   * @param values in row-major order
   * @param shape its product is the number of values; of a batch, first the number of examples
   */
  public static TensorData<TFloat32> of(float[] values, long... shape) {
    return new Floats(values, Shape.of(shape));
  }

  /**
   * Returns integers of a shape; the array is not copied.
   *
   * @param values in row-major order
   * @param shape its product is the number of values; of a batch, first the number of examples
   */
  public static TensorData<TInt32> of(int[] values, long... shape) {
    return new Ints(values, Shape.of(shape));
  }

  /** Returns the shape; of a batch, first the number of examples. */
  public Shape shape() {
    return shape;
  }

  /**
   * Returns the number of examples.
   *
   * @throws IllegalStateException if this is a scalar, which has none
   */
  public int examples() {
    if (shape.numDimensions() == 0) {
      throw new IllegalStateException("a scalar has no examples");
    }
    return Math.toIntExact(shape.get(0));
  }

  /**
   * Returns the values in row-major order, not a copy.
   *
   * @throws IllegalStateException if these aren't floats
   */
  public float[] floats() {
    throw new IllegalStateException(this + " has no floats");
  }

  Class<T> type() {
    return type;
  }

  /** Copies the values to native memory, which the caller closes. */
  abstract Tensor toTensor();

  private static final class Floats extends TensorData<TFloat32> {
    private final float[] values;

    Floats(float[] values, Shape shape) {
      super(shape, TFloat32.class, values.length);
      this.values = values;
    }

    @Override
    public float[] floats() {
      return values;
    }

    @Override
    Tensor toTensor() {
      return TFloat32.tensorOf(shape(), DataBuffers.of(values, true, false));
    }

    @Override
    public String toString() {
      return "float" + Arrays.toString(shape().asArray());
    }
  }

  private static final class Ints extends TensorData<TInt32> {
    private final int[] values;

    Ints(int[] values, Shape shape) {
      super(shape, TInt32.class, values.length);
      this.values = values;
    }

    @Override
    Tensor toTensor() {
      return TInt32.tensorOf(shape(), DataBuffers.of(values, true, false));
    }

    @Override
    public String toString() {
      return "int" + Arrays.toString(shape().asArray());
    }
  }
}
