package org.hpo4j.benchmarks.problems.bbob;

/**
 * What the functions are built of. Notation of the report: T_osz oscillates around the identity,
 * T_asy^beta breaks the symmetry, Lambda^alpha is a diagonal matrix with condition alpha^(1/2),
 * f_pen punishes what lies outside of [-5, 5]. Indices count from 0 here.
 */
final class Transformations {

  private Transformations() {}

  static double[] osz(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = osz(x[i]);
    }
    return y;
  }

  static double osz(double x) {
    if (x == 0) {
      return 0;
    }
    double log = StrictMath.log(Math.abs(x));
    double c1 = x > 0 ? 10 : 5.5;
    double c2 = x > 0 ? 7.9 : 3.1;
    double waves = StrictMath.sin(c1 * log) + StrictMath.sin(c2 * log);
    return Math.signum(x) * StrictMath.exp(log + 0.049 * waves);
  }

  static double[] asy(double beta, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double power = 1 + beta * fraction(i, x.length) * StrictMath.sqrt(Math.max(0, x[i]));
      y[i] = x[i] > 0 ? StrictMath.pow(x[i], power) : x[i];
    }
    return y;
  }

  static double[] lambda(double alpha, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = StrictMath.pow(alpha, 0.5 * fraction(i, x.length)) * x[i];
    }
    return y;
  }

  static double penalty(double[] x) {
    double sum = 0;
    for (double xi : x) {
      double beyond = Math.max(0, Math.abs(xi) - 5);
      sum += beyond * beyond;
    }
    return sum;
  }

  /** From 0 for the first coordinate to 1 for the last. */
  static double fraction(int i, int dimensions) {
    return i / (dimensions - 1.0);
  }

  static double[] minus(double[] x, double[] y) {
    double[] z = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      z[i] = x[i] - y[i];
    }
    return z;
  }

  /** The scaled point plus a number in each coordinate. */
  static double[] affine(double scale, double[] x, double plus) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = scale * x[i] + plus;
    }
    return y;
  }
}
