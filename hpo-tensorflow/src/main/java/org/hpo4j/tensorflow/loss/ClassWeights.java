package org.hpo4j.tensorflow.loss;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Factors of a loss, one for each class. */
final class ClassWeights {
  private final float[] weights;

  private ClassWeights(float[] weights) {
    this.weights = weights;
  }

  static ClassWeights equal(int classes) {
    float[] ones = new float[classes];
    Arrays.fill(ones, 1);
    return new ClassWeights(ones);
  }

  static ClassWeights of(String name, int classes, double[] values) {
    if (values.length != classes) {
      throw new IllegalArgumentException(
          "%s are %s, must be %d, one for each class"
              .formatted(name, Arrays.toString(values), classes));
    }
    float[] weights = new float[classes];
    for (int i = 0; i < classes; i++) {
      if (!(values[i] >= 0 && values[i] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "%s are %s, each must be finite and at least 0"
                .formatted(name, Arrays.toString(values)));
      }
      weights[i] = (float) values[i];
    }
    return new ClassWeights(weights);
  }

  /** Multiplies the last dimension of an operand, the classes. */
  Operand<TFloat32> times(Ops tf, Operand<TFloat32> operand) {
    for (float weight : weights) {
      if (weight != 1) {
        return tf.math.mul(operand, tf.constant(weights));
      }
    }
    return operand;
  }
}
