package org.hpo4j.sampler.gp;

/**
 * The transformation of objective values before they are modelled.
 *
 * <p>Notation:
 *
 * <ul>
 *   <li>v = (y - low) / range, with low the lowest value and range the highest less the lowest of
 *       those that the transformation was fitted to.
 *   <li>T_c(v) = log(1 + c v) / c, increasing; for small c the identity, for large c the logarithm
 *       above v = 1/c. It spreads the low values, where the minimum is searched, and draws in the
 *       high ones, so that a valley beside cliffs (or an outlier) is not flat to the model.
 *   <li>gamma = log c is fitted together with the kernel by the likelihood of y, as in Snelson,
 *       Rasmussen and Ghahramani, "Warped Gaussian processes", NIPS 2003; the Jacobian T'(v) = 1 /
 *       (1 + c v) belongs to it.
 *   <li>t = (T - mean) / deviation, standardized: what the process models.
 * </ul>
 */
final class Warp {

  /** At the first c the transformation is linear to half a percent. */
  static final double LEAST_LOG_C = Math.log(0.01);

  static final double MOST_LOG_C = Math.log(1e6);

  private Warp() {}

  /**
   * The standardized values.
   *
   * @param v values in [0, 1]
   * @param n how many
   * @param logC gamma
   * @param t receives t
   * @return the deviation of T; 0 if all values are equal, and t is 0 then
   */
  static double apply(double[] v, int n, double logC, double[] t) {
    double c = Math.exp(logC);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      t[i] = Math.log1p(c * v[i]) / c;
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
      double[] v, int n, double logC, double[] t, double deviation, double[] slopes) {
    double c = Math.exp(logC);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double cv = c * v[i];
      slopes[i] = (cv / (1 + cv) - Math.log1p(cv)) / c;
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

  /** T(v), for v above -1/c. */
  static double value(double v, double logC) {
    double c = Math.exp(logC);
    return Math.log1p(c * v) / c;
  }

  /** The sum of log T'(v). */
  static double logJacobian(double[] v, int n, double logC) {
    double c = Math.exp(logC);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum -= Math.log1p(c * v[i]);
    }
    return sum;
  }

  /** Its derivative by gamma. */
  static double logJacobianSlope(double[] v, int n, double logC) {
    double c = Math.exp(logC);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double cv = c * v[i];
      sum -= cv / (1 + cv);
    }
    return sum;
  }
}
