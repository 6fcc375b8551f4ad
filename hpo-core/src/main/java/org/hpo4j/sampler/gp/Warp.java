package org.hpo4j.sampler.gp;

/**
 * The transformation of objective values before they are modelled.
 *
 * <p>Notation:
 *
 * <ul>
 *   <li>v = (y - low) / range, with low the lowest value and range the highest less the lowest of
 *       those that the transformation was fitted to.
 *   <li>T_c(v) = log(1 + c v) / c, increasing for all c above -1. At c = 0 it is the identity. For
 *       large c it is the logarithm above v = 1/c: it spreads the low values, where the minimum is
 *       searched, and draws in the high ones, so that a valley beside cliffs (or an outlier) is not
 *       flat to the model. For c near -1 it spreads the high values: a funnel whose wide edge
 *       levels off gets a slope that points into it. T_c seen from above is T of -c / (1 + c).
 *   <li>gamma = log(1 + c), in which the two directions are alike, is fitted together with the
 *       kernel by the likelihood of y, as in Snelson, Rasmussen and Ghahramani, "Warped Gaussian
 *       processes", NIPS 2003; the Jacobian T'(v) = 1 / (1 + c v) belongs to it.
 *   <li>t = (T - mean) / deviation, standardized: what the process models.
 * </ul>
 */
final class Warp {

  /** At this gamma the transformation is the identity. */
  static final double LINEAR = 0;

  static final double LEAST_GAMMA = -Math.log(1e3);
  static final double MOST_GAMMA = Math.log(1e6);

  /** Below this |c| differences cancel, and the first terms of the series are exact to 1e-10. */
  private static final double SMALL = 1e-5;

  private Warp() {}

  /**
   * The standardized values.
   *
   * @param v values in [0, 1]
   * @param n how many
   * @param t receives t
   * @return the deviation of T; 0 if all values are equal, and t is 0 then
   */
  static double apply(double[] v, int n, double gamma, double[] t) {
    double c = Math.expm1(gamma);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      t[i] = transformed(v[i], c);
      sum += t[i];
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      t[i] -= mean;
      squares += t[i] * t[i];
    }
    double deviation = Math.sqrt(squares / n);
    for (int i = 0; i < n; i++) {
      t[i] = deviation > 0 ? t[i] / deviation : 0;
    }
    return deviation;
  }

  /**
   * The derivatives of t by gamma.
   *
   * @param t what {@link #apply} gave
   * @param deviation what it returned, positive
   * @param slopes receives dt/dgamma
   * @return the derivative of log(deviation)
   */
  static double slopes(
      double[] v, int n, double gamma, double[] t, double deviation, double[] slopes) {
    double c = Math.expm1(gamma);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      slopes[i] = (1 + c) * slope(v[i], c);
      sum += slopes[i];
    }
    double mean = sum / n;
    double logDeviation = 0;
    for (int i = 0; i < n; i++) {
      slopes[i] = (slopes[i] - mean) / deviation;
      logDeviation += t[i] * slopes[i];
    }
    logDeviation /= n;
    for (int i = 0; i < n; i++) {
      slopes[i] -= t[i] * logDeviation;
    }
    return logDeviation;
  }

  /** T(v), for 1 + c v above 0. */
  static double value(double v, double gamma) {
    return transformed(v, Math.expm1(gamma));
  }

  private static double transformed(double v, double c) {
    double cv = c * v;
    return Math.abs(c) < SMALL ? v * (1 - cv * (0.5 - cv / 3)) : Math.log1p(cv) / c;
  }

  /** dT/dc. */
  private static double slope(double v, double c) {
    double cv = c * v;
    return Math.abs(c) < SMALL
        ? v * v * (2 * cv / 3 - 0.5)
        : (cv / (1 + cv) - Math.log1p(cv)) / (c * c);
  }

  /** The sum of log T'(v). */
  static double logJacobian(double[] v, int n, double gamma) {
    double c = Math.expm1(gamma);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum -= Math.log1p(c * v[i]);
    }
    return sum;
  }

  /** Its derivative by gamma. */
  static double logJacobianSlope(double[] v, int n, double gamma) {
    double c = Math.expm1(gamma);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum -= (1 + c) * v[i] / (1 + c * v[i]);
    }
    return sum;
  }
}
