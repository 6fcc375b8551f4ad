package org.hpo4j.sampler.gp;

import java.util.Arrays;
import org.hpo4j.math.Cholesky;
import org.hpo4j.math.DifferentiableFunction;
import org.hpo4j.math.Matern52;

/**
 * What the hyperparameters are fitted to: minus the logarithm of their posterior density.
 *
 * <p>Notation:
 *
 * <ul>
 *   <li>n observations of D axes; theta = (log l_1, ..., log l_D, log eta, gamma): length scales,
 *       noise in units of the signal's variance, and the {@link Warp}.
 *   <li>C = M + eta I, M the Matern correlations; t the warped and standardized values.
 *   <li>beta = 1^T C^-1 t / 1^T C^-1 1, the mean by generalized least squares; r = t - beta; alpha
 *       = C^-1 r; Q = r^T alpha.
 *   <li>s^2 = (Q + kappa) / (n + kappa), the signal's variance, in closed form; kappa
 *       pseudo-observations say that it is about that of t, which is 1.
 * </ul>
 *
 * <p>-log p = (n + kappa) / 2 log s^2 + log|C| / 2 + n log(deviation of T) - sum log T'(v) - log
 * prior. Rasmussen and Williams 2006, equations 5.8 and 5.9, with s^2 and beta put in at their
 * optimum, where the derivatives by them vanish. The derivative by an element of C is (C^-1 - alpha
 * alpha^T / s^2) / 2.
 *
 * <p>Priors: log l ~ N(sqrt 2 + log(D) / 2, 3), which grows with the diagonal of the cube:
 * Hvarfner, Hellsten and Nardi, "Vanilla Bayesian Optimization Performs Great in High Dimensions",
 * ICML 2024, section 5; log eta and gamma have wide normal ones, see {@link Prior}.
 */
final class Likelihood implements DifferentiableFunction {

  /** How many observations the prior of the signal's variance counts for. */
  static final double KAPPA = 2;

  private final Axes axes;
  private final Prior prior;
  private final Kernel kernel;
  private final Cholesky cholesky = new Cholesky();
  private Points points = new Points(0);
  private double[] v = new double[0];
  private int n;

  private double[] covariance = new double[0];
  private double[] inverse = new double[0];
  private double[] slopes = new double[0];
  private double[] t = new double[0];
  private double[] ones = new double[0];
  private double[] alpha = new double[0];
  private double[] work = new double[0];
  private double[] derivatives = new double[0];
  private double[][] sums = new double[0][];

  Likelihood(Axes axes) {
    this.axes = axes;
    this.prior = new Prior(axes.count());
    this.kernel = new Kernel(axes);
  }

  Prior prior() {
    return prior;
  }

  /** Sets the observations: the first n points and their values, scaled to [0, 1]. */
  void observe(Points points, double[] v, int n) {
    this.points = points;
    this.v = v;
    this.n = n;
    if (t.length < n) {
      int length = n + (n >> 2);
      t = new double[length];
      ones = new double[length];
      alpha = new double[length];
      work = new double[length];
      derivatives = new double[length];
      sums = new double[axes.count()][length];
      covariance = new double[length * length];
      inverse = new double[length * length];
      slopes = new double[length * length];
    }
  }

  @Override
  public double evaluate(double[] theta, double[] gradient) {
    int noise = axes.count();
    double eta = Math.exp(theta[noise]);
    double logC = theta[noise + 1];
    double deviation = Warp.apply(v, n, logC, t);
    correlate(theta, 1 + eta);
    if (!(deviation > 0) || !cholesky.factor(covariance, n)) {
      return Double.POSITIVE_INFINITY;
    }
    double variance = solve();
    double value =
        0.5 * (n + KAPPA) * Math.log(variance)
            + 0.5 * cholesky.logDeterminant()
            + n * Math.log(deviation)
            - Warp.logJacobian(v, n, logC)
            + prior.addTo(theta, gradient);
    cholesky.invert(inverse, covariance);
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += inverse[i * n + i] - alpha[i] * alpha[i] / variance;
    }
    gradient[noise] += 0.5 * eta * trace;
    addLengthSlopes(variance, gradient);
    double logDeviationSlope = Warp.slopes(v, n, logC, t, deviation, work);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += alpha[i] * work[i];
    }
    gradient[noise + 1] +=
        sum / variance + n * logDeviationSlope - Warp.logJacobianSlope(v, n, logC);
    return value;
  }

  /** C into {@code covariance} and k'(q) into {@code slopes}, both in their upper triangles. */
  private void correlate(double[] theta, double diagonal) {
    kernel.setLogLengths(theta);
    double[] point = new double[axes.count()];
    for (int i = 0; i < n; i++) {
      points.get(i, point);
      kernel.distances(point, points, i + 1, n, work);
      Matern52.correlations(work, derivatives, i + 1, n);
      System.arraycopy(work, i + 1, covariance, i * n + i + 1, n - i - 1);
      System.arraycopy(derivatives, i + 1, slopes, i * n + i + 1, n - i - 1);
      covariance[i * n + i] = diagonal;
    }
  }

  /** Sets alpha; returns s^2. */
  private double solve() {
    Arrays.fill(ones, 0, n, 1);
    cholesky.solveLower(ones);
    System.arraycopy(t, 0, alpha, 0, n);
    cholesky.solveLower(alpha);
    double one = 0;
    double mixed = 0;
    for (int i = 0; i < n; i++) {
      one += ones[i] * ones[i];
      mixed += ones[i] * alpha[i];
    }
    double beta = mixed / one;
    double q = 0;
    for (int i = 0; i < n; i++) {
      alpha[i] -= beta * ones[i];
      q += alpha[i] * alpha[i];
    }
    cholesky.solveUpper(alpha);
    return (q + KAPPA) / (n + KAPPA);
  }

  /**
   * dq/dlog l_d = -2 w_d (x_d - x'_d)^2; each pair stands twice in the trace, which the half of the
   * formula cancels.
   */
  private void addLengthSlopes(double variance, double[] gradient) {
    for (double[] sum : sums) {
      Arrays.fill(sum, 0, n, 0);
    }
    for (int i = 0; i + 1 < n; i++) {
      double scaled = alpha[i] / variance;
      int row = i * n;
      for (int j = i + 1; j < n; j++) {
        work[j] = (inverse[j * n + i] - scaled * alpha[j]) * slopes[row + j];
      }
      for (int d = 0; d < sums.length; d++) {
        kernel.addSquares(d, points.axis(d)[i], points, i + 1, n, work, sums[d]);
      }
    }
    for (int d = 0; d < sums.length; d++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += sums[d][i];
      }
      gradient[d] -= 2 * kernel.weight(d) * sum;
    }
  }
}
