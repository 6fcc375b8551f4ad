package org.hpo4j.benchmarks.problems;

/** Branin's function of two parameters: smooth, with three equal minima. */
final class Branin {

  private Branin() {}

  static Problem problem() {
    return Box.of(
        "branin",
        ProblemSet.CLASSIC,
        0.39788735772973816,
        Branin::value,
        Box.axis(0, -5, 10),
        Box.axis(1, 0, 15));
  }

  private static double value(double[] x) {
    double b = 5.1 / (4 * Math.PI * Math.PI);
    double a = x[1] - b * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
    return a * a + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x[0]) + 10;
  }
}
