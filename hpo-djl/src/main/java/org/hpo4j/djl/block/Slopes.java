package org.hpo4j.djl.block;

/** Checks of slopes on the negative side of a rectifier. */
final class Slopes {

  private Slopes() {}

  static double require(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in [0, 1]");
    }
    return value;
  }
}
