package org.hpo4j.benchmarks.problems;

/** Rosenbrock's curved valley in five dimensions. */
final class Rosenbrock5 {

  private Rosenbrock5() {}

  static Problem problem() {
    return Box.cube("rosenbrock5", ProblemSet.CLASSIC, 5, -5, 10, 0, Rosenbrock5::value);
  }

  private static double value(double[] x) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double u = x[i + 1] - x[i] * x[i];
      double v = 1 - x[i];
      sum += 100 * u * u + v * v;
    }
    return sum;
  }
}
