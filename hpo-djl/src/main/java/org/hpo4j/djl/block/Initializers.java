package org.hpo4j.djl.block;

import ai.djl.training.initializer.Initializer;

/** First values of kernels. */
final class Initializers {

  private Initializers() {}

  /**
   * Returns normal draws with variance {@code 2 / ((1 + slope^2) fanIn)} for kernels {@code
   * [outputs, inputs, ...]} that a rectifier with this slope on its negative side follows (He et
   * al., "Delving deep into rectifiers", ICCV 2015, equation 15; equation 10 for slope 0).
   */
  static Initializer heNormal(double slope) {
    return (manager, shape, type) -> {
      double fanIn = (double) shape.slice(1).size();
      double deviation = Math.sqrt(2 / ((1 + slope * slope) * fanIn));
      return manager.randomNormal(0, (float) deviation, shape, type, manager.getDevice());
    };
  }

  /**
   * Returns uniform draws from {@code [-a, a]} with {@code a = sqrt(6 / (fanIn + fanOut))}, for
   * layers without a rectifier (Glorot and Bengio, "Understanding the difficulty of training deep
   * feedforward neural networks", AISTATS 2010, equation 16). Kernels are {@code [channels,
   * filters, height, width]}, with windows that do not overlap: an output reads each channel once.
   */
  static Initializer transposedGlorotUniform() {
    return (manager, shape, type) -> {
      double fanIn = shape.get(0);
      double fanOut = (double) shape.get(1) * shape.get(2) * shape.get(3);
      float bound = (float) Math.sqrt(6 / (fanIn + fanOut));
      return manager.randomUniform(-bound, bound, shape, type, manager.getDevice());
    };
  }

  /** Returns an initializer that fills an array with one value. */
  static Initializer constant(double value) {
    return (manager, shape, type) -> manager.full(shape, (float) value, type, manager.getDevice());
  }
}
