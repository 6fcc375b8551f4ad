package org.hpo4j.benchmarks.problems;

/** Hartmann's function of six parameters: four wells of different depth. */
final class Hartmann6 {

  private static final double[] ALPHA = {1.0, 1.2, 3.0, 3.2};

  private static final double[][] A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };

  /** In units of 1e-4. */
  private static final double[][] P = {
    {1312, 1696, 5569, 124, 8283, 5886},
    {2329, 4135, 8307, 3736, 1004, 9991},
    {2348, 1451, 3522, 2883, 3047, 6650},
    {4047, 8828, 8732, 5743, 1091, 381}
  };

  private Hartmann6() {}

  static Problem problem() {
    return Box.cube(
        "hartmann6", ProblemSet.CLASSIC, 6, 0, 1, -3.3223680114155147, Hartmann6::value);
  }

  private static double value(double[] x) {
    double sum = 0;
    for (int i = 0; i < ALPHA.length; i++) {
      double exponent = 0;
      for (int j = 0; j < x.length; j++) {
        double d = x[j] - 1e-4 * P[i][j];
        exponent += A[i][j] * d * d;
      }
      sum += ALPHA[i] * StrictMath.exp(-exponent);
    }
    return -sum;
  }
}
