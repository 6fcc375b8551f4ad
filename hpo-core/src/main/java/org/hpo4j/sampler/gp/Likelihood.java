package org.hpo4j.sampler.gp;

import java.util.Arrays;
import org.hpo4j.math.Cholesky;
import org.hpo4j.math.DifferentiableFunction;

/**
 * What the hyperparameters are fitted to: minus the logarithm of their posterior density.
 *
 * <p>Notation:
 *
 * <ul>
 *   <li>n observations; theta, see {@link Theta}; t, the values after the {@link Warp}.
 *   <li>C, n by n, the covariances by the {@link Kernel} plus eta I.
 *   <li>beta = 1^T C^-1 t / 1^T C^-1 1, the mean by generalized least squares; r = t - beta; alpha
 *       = C^-1 r; Q = r^T alpha.
 *   <li>s^2 = (Q + kappa) / (n + kappa), the variance of the smooth part, in closed form; kappa
 *       pseudo-observations say that it is about that of t, which is 1.
 * </ul>
 *
 * <p>-log p = (n + kappa) / 2 log s^2 + log|C| / 2 + n log(deviation of T) - sum log T'(v) - log
 * prior: Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, equation 5.8,
 * with s^2 and beta put in at their optimum, where the derivatives by them vanish. The derivative
 * by an element of C is that of (C^-1 - alpha alpha^T / s^2) / 2, their equation 5.9.
 *
 * <p>An instance keeps its arrays; evaluations allocate nothing that grows with n.
 */
final class Likelihood implements DifferentiableFunction {

  /** How many observations the prior of the variance counts for. */
  static final double KAPPA = 2;

  private final Axes axes;
  private final Theta prior;
  private final Kernel kernel;
  private final Cholesky cholesky = new Cholesky();
  private final double[] point;
  private Points points = new Points(0);
  private double[] v = new double[0];
  private int n;

  // By observation.
  private double[] t = new double[0];
  private double[] ones = new double[0];
  private double[] alpha = new double[0];
  private double[] row = new double[0];
  private double[] byDistance = new double[0];
  private double[] byRough = new double[0];
  private double[] byScale = new double[0];
  private double[][] squares = new double[0][];

  // By pair of observations: C and its derivatives by q, log rho and log eps.
  private double[] covariances = new double[0];
  private double[] distanceSlopes = new double[0];
  private double[] roughSlopes = new double[0];
  private double[] scaleSlopes = new double[0];
  private double[] inverse = new double[0];

  Likelihood(Axes axes, Theta prior) {
    this.axes = axes;
    this.prior = prior;
    this.kernel = new Kernel(axes);
    this.point = new double[axes.count()];
  }

  /** Sets the observations: the first points and their values, scaled to [0, 1]. */
  void observe(Points firstPoints, double[] scaledValues, int count) {
    points = firstPoints;
    v = scaledValues;
    n = count;
    if (t.length < n) {
      reserve(n + (n >> 2));
    }
  }

  private void reserve(int length) {
    t = new double[length];
    ones = new double[length];
    alpha = new double[length];
    row = new double[length];
    byDistance = new double[length];
    byRough = new double[length];
    byScale = new double[length];
    squares = new double[axes.count()][length];
    covariances = new double[length * length];
    distanceSlopes = new double[length * length];
    roughSlopes = new double[length * length];
    scaleSlopes = new double[length * length];
    inverse = new double[length * length];
  }

  @Override
  public double evaluate(double[] theta, double[] gradient) {
    int others = axes.count();
    double gamma = theta[others + Theta.WARP];
    double deviation = Warp.apply(v, n, gamma, t);
    correlate(theta);
    if (!(deviation > 0) || !cholesky.factor(covariances, n)) {
      return Double.POSITIVE_INFINITY;
    }
    double variance = solve();
    double value =
        0.5 * (n + KAPPA) * Math.log(variance)
            + 0.5 * cholesky.logDeterminant()
            + n * Math.log(deviation)
            - Warp.logJacobian(v, n, gamma)
            + prior.negativeLogPrior(theta, gradient);
    cholesky.invert(inverse, covariances);
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += inverse[i * n + i] - alpha[i] * alpha[i] / variance;
    }
    gradient[others + Theta.NOISE] += 0.5 * kernel.noise() * trace;
    gradient[others + Theta.ROUGH] += 0.5 * kernel.rough() * trace;
    addPairs(variance, gradient);
    gradient[others + Theta.WARP] += warpSlope(gamma, deviation, variance);
    return value;
  }

  /** Sets C and its derivatives, in their upper triangles. */
  private void correlate(double[] theta) {
    kernel.set(theta);
    double diagonal = kernel.variance() + kernel.noise();
    for (int i = 0; i < n; i++) {
      points.get(i, point);
      kernel.distances(point, points, i + 1, n, row);
      kernel.covariances(row, byDistance, byRough, byScale, i + 1, n);
      int at = i * n + i + 1;
      int length = n - i - 1;
      System.arraycopy(row, i + 1, covariances, at, length);
      System.arraycopy(byDistance, i + 1, distanceSlopes, at, length);
      System.arraycopy(byRough, i + 1, roughSlopes, at, length);
      System.arraycopy(byScale, i + 1, scaleSlopes, at, length);
      covariances[i * n + i] = diagonal;
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
   * The derivatives by what changes the pairs' covariances. A pair stands twice in C, which cancels
   * the half of the formula; dq/dlog l_d = -2 w_d (x_d - x'_d)^2.
   */
  private void addPairs(double variance, double[] gradient) {
    for (double[] sum : squares) {
      Arrays.fill(sum, 0, n, 0);
    }
    double rough = 0;
    double scale = 0;
    for (int i = 0; i + 1 < n; i++) {
      double scaled = alpha[i] / variance;
      int at = i * n;
      for (int j = i + 1; j < n; j++) {
        double byCovariance = inverse[j * n + i] - scaled * alpha[j];
        rough += byCovariance * roughSlopes[at + j];
        scale += byCovariance * scaleSlopes[at + j];
        row[j] = byCovariance * distanceSlopes[at + j];
      }
      for (int d = 0; d < squares.length; d++) {
        kernel.addSquares(d, points.axis(d)[i], points, i + 1, n, row, squares[d]);
      }
    }
    for (int d = 0; d < squares.length; d++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += squares[d][i];
      }
      gradient[d] -= 2 * kernel.weight(d) * sum;
    }
    gradient[squares.length + Theta.ROUGH] += rough;
    gradient[squares.length + Theta.SCALE] += scale;
  }

  private double warpSlope(double gamma, double deviation, double variance) {
    double byDeviation = Warp.slopes(v, n, gamma, t, deviation, row);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += alpha[i] * row[i];
    }
    return sum / variance + n * byDeviation - Warp.logJacobianSlope(v, n, gamma);
  }
}
