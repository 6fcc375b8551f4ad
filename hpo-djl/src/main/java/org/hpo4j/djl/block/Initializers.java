package org.hpo4j.djl.block;

import ai.djl.training.initializer.Initializer;

/** First values of kernels. */
final class Initializers {

  private Initializers() {}

  /**
   * Returns normal draws with variance {@code 2 / ((1 + slope^2) fanIn)} for kernels that a
   * rectifier with this slope on its negative side follows (He et al., "Delving deep into
   * rectifiers", ICCV 2015, equation 15; equation 10 for slope 0).
   */
  static Initializer heNormal(long fanIn, double slope) {
    double deviation = Math.sqrt(2 / ((1 + slope * slope) * fanIn));
    return (manager, shape, type) ->
        manager.randomNormal(0, (float) deviation, shape, type, manager.getDevice());
  }

  /**
   * Returns uniform draws from {@code [-a, a]} with {@code a = sqrt(6 / (fanIn + fanOut))}, for
   * layers without a rectifier (Glorot and Bengio, "Understanding the difficulty of training deep
   * feedforward neural networks", AISTATS 2010, equation 16).
   */
  static Initializer glorotUniform(long fanIn, long fanOut) {
    float bound = (float) Math.sqrt(6.0 / (fanIn + fanOut));
    return (manager, shape, type) ->
        manager.randomUniform(-bound, bound, shape, type, manager.getDevice());
  }

  /** Returns an initializer that fills an array with one value. */
  static Initializer constant(double value) {
    return (manager, shape, type) -> manager.full(shape, (float) value, type, manager.getDevice());
  }
}
