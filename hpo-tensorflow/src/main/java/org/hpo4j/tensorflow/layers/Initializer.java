package org.hpo4j.tensorflow.layers;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * First values of a variable.
 *
 * <p>They are drawn on the JVM, not by the engine, so that one seed gives the same weights on every
 * device.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Returns {@code size} values.
   *
   * @param size number of elements of the variable, in its row-major order
   * @param random the variable's own source of randomness
   */
  float[] values(int size, RandomGenerator random);

  /** Returns an initializer that fills a variable with one value. */
  static Initializer constant(float value) {
    return (size, random) -> {
      float[] values = new float[size];
      Arrays.fill(values, value);
      return values;
    };
  }

  /**
   * Returns normal draws with variance {@code 2 / fanIn}, for layers followed by a rectifier (He et
   * al., "Delving deep into rectifiers", ICCV 2015, equation 10).
   *
   * @param fanIn number of inputs of one output, at least 1
   */
  static Initializer heNormal(int fanIn) {
    requirePositive("fanIn", fanIn);
    double deviation = Math.sqrt(2.0 / fanIn);
    return (size, random) -> {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
      return values;
    };
  }

  /**
   * Returns uniform draws from {@code [-a, a]} with {@code a = sqrt(6 / (fanIn + fanOut))}, for
   * layers without a rectifier (Glorot and Bengio, "Understanding the difficulty of training deep
   * feedforward neural networks", AISTATS 2010, equation 16).
   *
   * @param fanIn number of inputs of one output, at least 1
   * @param fanOut number of outputs that one input reaches, at least 1
   */
  static Initializer glorotUniform(int fanIn, int fanOut) {
    requirePositive("fanIn", fanIn);
    requirePositive("fanOut", fanOut);
    double bound = Math.sqrt(6.0 / ((double) fanIn + fanOut));
    return (size, random) -> {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      return values;
    };
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
    }
  }
}
