package org.hpo4j.tensorflow.optimizer;

/** Checks of an optimizer's settings. */
final class Decays {
  private Decays() {}

  static void require(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in [0, 1)");
    }
  }

  static void requireEpsilon(double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException("epsilon is " + value + ", must be in (0, 1)");
    }
  }
}
