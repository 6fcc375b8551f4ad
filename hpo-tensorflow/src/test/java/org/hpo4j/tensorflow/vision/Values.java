package org.hpo4j.tensorflow.vision;

/** An array and its shape, and how the layouts of two engines become each other. */
final class Values {
  private final float[] array;
  private final long[] shape;

  Values(float[] array, long... shape) {
    this.array = array;
    this.shape = shape;
  }

  static Values ofShape(long... shape) {
    long size = 1;
    for (long dimension : shape) {
      size *= dimension;
    }
    return new Values(new float[Math.toIntExact(size)], shape);
  }

  float[] array() {
    return array;
  }

  long[] shape() {
    return shape;
  }

  /**
   * Images from (batch, height, width, channels) to channels first; kernels from (height, width,
   * inputs, outputs) to outputs first. Kernels are square in their first two dimensions.
   */
  Values toPyTorch() {
    if (shape.length != 4) {
      return this;
    }
    boolean kernel = shape[0] == shape[1];
    return kernel ? transposed(3, 2, 0, 1) : transposed(0, 3, 1, 2);
  }

  private Values transposed(int... axes) {
    long[] strides = {shape[1] * shape[2] * shape[3], shape[2] * shape[3], shape[3], 1};
    Values result = ofShape(shape[axes[0]], shape[axes[1]], shape[axes[2]], shape[axes[3]]);
    int i = 0;
    for (int a = 0; a < shape[axes[0]]; a++) {
      for (int b = 0; b < shape[axes[1]]; b++) {
        for (int c = 0; c < shape[axes[2]]; c++) {
          for (int d = 0; d < shape[axes[3]]; d++) {
            long from =
                a * strides[axes[0]]
                    + b * strides[axes[1]]
                    + c * strides[axes[2]]
                    + d * strides[axes[3]];
            result.array[i++] = array[Math.toIntExact(from)];
          }
        }
      }
    }
    return result;
  }

  /** The Euclidean norm. */
  double norm() {
    double sum = 0;
    for (float value : array) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /**
   * The norm of the difference over that of the other.
   *
   * @param floor added to the latter
   */
  double distance(Values other, double floor) {
    if (other.array.length != array.length) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    for (int i = 0; i < array.length; i++) {
      difference += Math.pow((double) array[i] - other.array[i], 2);
    }
    return Math.sqrt(difference) / (other.norm() + floor);
  }
}
