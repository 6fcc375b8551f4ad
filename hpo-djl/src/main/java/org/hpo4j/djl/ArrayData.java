package org.hpo4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * Values and shape of an array, on the Java heap.
 *
 * <p>Threads that load data pass these on; native memory is taken only for the one step that needs
 * it, so that there is nothing to leak however a training ends.
 */
public abstract sealed class ArrayData {
  private final Shape shape;
  private final DataType type;

  private ArrayData(long[] dimensions, DataType type, int length) {
    shape = new Shape(dimensions);
    this.type = type;
    boolean negative = Arrays.stream(dimensions).anyMatch(dimension -> dimension < 0);
    if (negative || shape.size() != length) {
      throw new IllegalArgumentException(
          "shape is " + shape + ", its size must equal the number of values, " + length);
    }
  }

  /**
   * Returns 32-bit floats of a shape; the array is not copied.
   *
   * @param values in row-major order
   * @param shape its product is the number of values; of a batch, first the number of examples
   */
  public static ArrayData of(float[] values, long... shape) {
    return new Floats(values, shape);
  }

  /**
   * Returns 32-bit integers of a shape; the array is not copied.
   *
   * @param values in row-major order
   * @param shape its product is the number of values; of a batch, first the number of examples
   */
  public static ArrayData of(int[] values, long... shape) {
    return new Ints(values, shape);
  }

  /**
   * Returns 64-bit integers of a shape; the array is not copied.
   *
   * @param values in row-major order
   * @param shape its product is the number of values; of a batch, first the number of examples
   */
  public static ArrayData of(long[] values, long... shape) {
    return new Longs(values, shape);
  }

  /**
   * Returns unsigned bytes of a shape; the array is not copied.
   *
   * @param values in row-major order
   * @param shape its product is the number of values; of a batch, first the number of examples
   */
  public static ArrayData of(byte[] values, long... shape) {
    return new Bytes(values, shape);
  }

  /** Returns the shape; of a batch, first the number of examples. */
  public Shape shape() {
    return shape;
  }

  /** Returns the type of a value. */
  public DataType type() {
    return type;
  }

  /** Returns the first dimension: the number of examples. */
  public int examples() {
    return Math.toIntExact(shape.get(0));
  }

  /**
   * Returns the values in row-major order, those of floats without a copy.
   *
   * @throws IllegalStateException if these aren't floats
   */
  public float[] floats() {
    throw new IllegalStateException(this + " has no floats");
  }

  /**
   * Returns the values in row-major order, those of 64-bit integers without a copy.
   *
   * @throws IllegalStateException if these aren't 64-bit integers
   */
  public long[] longs() {
    throw new IllegalStateException(this + " has no 64-bit integers");
  }

  /**
   * Reads values in the buffer's byte order.
   *
   * @throws IllegalArgumentException if there is no array of that type here
   */
  static ArrayData read(ByteBuffer buffer, DataType type, long... shape) {
    switch (type) {
      case FLOAT32 -> {
        float[] values = new float[buffer.remaining() / Float.BYTES];
        buffer.asFloatBuffer().get(values);
        return of(values, shape);
      }
      case INT32 -> {
        int[] values = new int[buffer.remaining() / Integer.BYTES];
        buffer.asIntBuffer().get(values);
        return of(values, shape);
      }
      case INT64 -> {
        long[] values = new long[buffer.remaining() / Long.BYTES];
        buffer.asLongBuffer().get(values);
        return of(values, shape);
      }
      case UINT8 -> {
        byte[] values = new byte[buffer.remaining()];
        buffer.duplicate().get(values);
        return of(values, shape);
      }
      default ->
          throw new IllegalArgumentException(
              "type is " + type + ", must be float32, int32, int64 or uint8");
    }
  }

  /** Copies an array of the engine; 64-bit floats become 32-bit ones. */
  static ArrayData of(NDArray array) {
    if (array.getDataType() == DataType.FLOAT64) {
      return of(array.toType(DataType.FLOAT32, false));
    }
    ByteBuffer values = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    return read(values, array.getDataType(), array.getShape().getShape());
  }

  /** Returns a copy of some examples, in the order given. */
  ArrayData select(int[] examples) {
    long[] selected = shape.getShape().clone();
    int each = Math.toIntExact(shape.size() / Math.max(1, selected[0]));
    selected[0] = examples.length;
    return select(examples, each, selected);
  }

  abstract ArrayData select(int[] examples, int each, long[] selectedShape);

  static void copyExamples(Object values, int[] examples, int each, Object target) {
    for (int i = 0; i < examples.length; i++) {
      System.arraycopy(values, examples[i] * each, target, i * each, each);
    }
  }

  /** Writes the values where the buffer stands, in its byte order. */
  abstract void write(ByteBuffer buffer);

  long bytes() {
    return shape.size() * type.getNumOfBytes();
  }

  @Override
  public String toString() {
    return type.name().toLowerCase(Locale.ROOT) + shape;
  }

  private static final class Floats extends ArrayData {
    private final float[] values;

    Floats(float[] values, long[] shape) {
      super(shape, DataType.FLOAT32, values.length);
      this.values = values;
    }

    @Override
    public float[] floats() {
      return values;
    }

    @Override
    ArrayData select(int[] examples, int each, long[] selectedShape) {
      float[] selected = new float[examples.length * each];
      copyExamples(values, examples, each, selected);
      return of(selected, selectedShape);
    }

    @Override
    void write(ByteBuffer buffer) {
      buffer.asFloatBuffer().put(values);
    }
  }

  private static final class Ints extends ArrayData {
    private final int[] values;

    Ints(int[] values, long[] shape) {
      super(shape, DataType.INT32, values.length);
      this.values = values;
    }

    @Override
    ArrayData select(int[] examples, int each, long[] selectedShape) {
      int[] selected = new int[examples.length * each];
      copyExamples(values, examples, each, selected);
      return of(selected, selectedShape);
    }

    @Override
    void write(ByteBuffer buffer) {
      buffer.asIntBuffer().put(values);
    }
  }

  private static final class Longs extends ArrayData {
    private final long[] values;

    Longs(long[] values, long[] shape) {
      super(shape, DataType.INT64, values.length);
      this.values = values;
    }

    @Override
    public long[] longs() {
      return values;
    }

    @Override
    ArrayData select(int[] examples, int each, long[] selectedShape) {
      long[] selected = new long[examples.length * each];
      copyExamples(values, examples, each, selected);
      return of(selected, selectedShape);
    }

    @Override
    void write(ByteBuffer buffer) {
      buffer.asLongBuffer().put(values);
    }
  }

  private static final class Bytes extends ArrayData {
    private final byte[] values;

    Bytes(byte[] values, long[] shape) {
      super(shape, DataType.UINT8, values.length);
      this.values = values;
    }

    @Override
    ArrayData select(int[] examples, int each, long[] selectedShape) {
      byte[] selected = new byte[examples.length * each];
      copyExamples(values, examples, each, selected);
      return of(selected, selectedShape);
    }

    @Override
    void write(ByteBuffer buffer) {
      buffer.duplicate().put(values);
    }
  }
}
