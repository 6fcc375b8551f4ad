package org.hpo4j.benchmarks.problems;

/** Ackley's function in ten dimensions, shifted off the centre: many shallow wells, one deep. */
final class Ackley10 {

  private static final double[] SHIFT = {5.3, -7.1, 11.9, -13.7, 2.2, 17.3, -19.1, 8.6, -3.4, 14.8};

  private Ackley10() {}

  static Problem problem() {
    return Box.cube(
        "ackley10", ProblemSet.CLASSIC, SHIFT.length, -32.768, 32.768, 0, Ackley10::value);
  }

  private static double value(double[] x) {
    double squares = 0;
    double cosines = 0;
    for (int i = 0; i < x.length; i++) {
      double z = x[i] - SHIFT[i];
      squares += z * z;
      cosines += StrictMath.cos(2 * Math.PI * z);
    }
    return -20 * StrictMath.exp(-0.2 * StrictMath.sqrt(squares / 10))
        - StrictMath.exp(cosines / 10)
        + 20
        + Math.E;
  }
}
