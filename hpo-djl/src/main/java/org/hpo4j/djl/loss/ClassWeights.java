package org.hpo4j.djl.loss;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** Factors of a loss, one for each class. */
final class ClassWeights {
  private final double[] weights;

  private ClassWeights(double[] weights) {
    this.weights = weights;
  }

  static ClassWeights equal(int classes) {
    double[] ones = new double[classes];
    Arrays.fill(ones, 1);
    return new ClassWeights(ones);
  }

  static ClassWeights of(String name, int classes, double[] values) {
    if (values.length != classes) {
      throw new IllegalArgumentException(
          "%s are %s, must be %d, one for each class"
              .formatted(name, Arrays.toString(values), classes));
    }
    for (double value : values) {
      if (!(value >= 0 && value <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "%s are %s, each must be finite and at least 0"
                .formatted(name, Arrays.toString(values)));
      }
    }
    return new ClassWeights(values.clone());
  }

  /** Multiplies the second dimension of an array, the classes. */
  NDArray times(NDArray array) {
    if (Arrays.stream(weights).allMatch(weight -> weight == 1)) {
      return array;
    }
    long[] shape = new long[array.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[1] = weights.length;
    NDArray factors =
        array.getManager().create(weights).toType(array.getDataType(), false).reshape(shape);
    return array.mul(factors);
  }
}
