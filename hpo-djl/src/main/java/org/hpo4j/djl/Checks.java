package org.hpo4j.djl;

/** Checks of arguments. */
final class Checks {
  private Checks() {}

  static int requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
    }
    return value;
  }
}
