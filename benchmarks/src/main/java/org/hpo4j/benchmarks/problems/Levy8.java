package org.hpo4j.benchmarks.problems;

/** Levy's function in eight dimensions: waves on a bowl. */
final class Levy8 {

  private Levy8() {}

  static Problem problem() {
    return Box.cube("levy8", ProblemSet.CLASSIC, 8, -10, 10, 0, Levy8::value);
  }

  private static double value(double[] x) {
    double sum = square(StrictMath.sin(Math.PI * w(x[0])));
    int last = x.length - 1;
    for (int i = 0; i < last; i++) {
      double w = w(x[i]);
      sum += square(w - 1) * (1 + 10 * square(StrictMath.sin(Math.PI * w + 1)));
    }
    double w = w(x[last]);
    return sum + square(w - 1) * (1 + square(StrictMath.sin(2 * Math.PI * w)));
  }

  private static double w(double x) {
    return 1 + (x - 1) / 4;
  }

  private static double square(double a) {
    return a * a;
  }
}
