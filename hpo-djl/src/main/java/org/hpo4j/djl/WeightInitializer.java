package org.hpo4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.RandomUtils;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * First values of a parameter, drawn on the JVM, so that one seed gives the same weights on every
 * device.
 *
 * <p>A {@link DjlModel} gives each parameter a generator of its own, keyed by its name. Where DJL
 * itself initializes a block, the numbers come from DJL's generator.
 */
@FunctionalInterface
public interface WeightInitializer extends Initializer {

  /**
   * Returns the values of a parameter.
   *
   * @param shape of the parameter; outputs first, then inputs, then the kernel's sides
   * @param random the parameter's own source of randomness
   */
  float[] values(Shape shape, RandomGenerator random);

  @Override
  default NDArray initialize(NDManager manager, Shape shape, DataType dataType) {
    ArrayData values = ArrayData.of(values(shape, RandomUtils.RANDOM), shape.getShape());
    return Staging.copy(manager, values).toType(dataType, false);
  }

  /** Returns an initializer that fills a parameter with one value. */
  static WeightInitializer constant(float value) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      Arrays.fill(values, value);
      return values;
    };
  }

  /**
   * Returns normal draws with variance {@code 2 / fanIn}, for layers followed by a rectifier (He et
   * al., "Delving deep into rectifiers", ICCV 2015, equation 10): what DJL gives weights by
   * default.
   */
  static WeightInitializer heNormal() {
    return (shape, random) -> {
      double deviation = Math.sqrt(2.0 / fanIn(shape));
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
      return values;
    };
  }

  /**
   * Returns uniform draws from {@code [-a, a]} with {@code a = sqrt(6 / (fanIn + fanOut))}, for
   * layers without a rectifier (Glorot and Bengio, "Understanding the difficulty of training deep
   * feedforward neural networks", AISTATS 2010, equation 16).
   */
  static WeightInitializer glorotUniform() {
    return (shape, random) -> {
      double bound = Math.sqrt(6.0 / ((double) fanIn(shape) + fanOut(shape)));
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      return values;
    };
  }

  private static int size(Shape shape) {
    return Math.toIntExact(shape.size());
  }

  private static long fanIn(Shape shape) {
    return shape.dimension() < 2 ? Math.max(1, shape.size()) : shape.get(1) * kernel(shape);
  }

  private static long fanOut(Shape shape) {
    return shape.dimension() < 2 ? Math.max(1, shape.size()) : shape.get(0) * kernel(shape);
  }

  private static long kernel(Shape shape) {
    return shape.dimension() > 2 ? shape.slice(2).size() : 1;
  }
}
