package org.hpo4j.sampler.gp;

import java.util.Arrays;
import org.hpo4j.math.Cholesky;

/**
 * The probability of success as a function of the place: a Gaussian process seen through the
 * logistic function, by Laplace's approximation.
 *
 * <p>Notation, that of Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006,
 * chapter 3:
 *
 * <ul>
 *   <li>y = 1 for a success, -1 for a failure; f, the latent function, with p(y | f) = 1 / (1 +
 *       exp(-y f)).
 *   <li>K, its covariances: a^2 exp(-sqrt q) + b^2, with q the {@link Kernel}'s distance, a the
 *       amplitude, and b = {@value #BIAS} the deviation of the mean, so that the rate of success
 *       may be any.
 *   <li>g, W, the first derivatives of log p(y | f) and minus its second ones; B = I + W^1/2 K
 *       W^1/2.
 * </ul>
 *
 * <p>The mode of f is found by Newton's method (algorithm 3.1), here with steps that are halved
 * while they don't improve. A prediction takes mean and variance of f (algorithm 3.2), and averages
 * the logistic function over them by MacKay's approximation: P = 1 / (1 + exp(-m / sqrt(1 + pi v /
 * 8))).
 *
 * <p>The exponential kernel has a kink at 0: however closely a success and a failure lie together,
 * the probability falls from the one to the other. A smooth kernel would blur the edge of a failing
 * region to a part of its length scale, and swing over beside it.
 */
final class Classifier {

  private static final double BIAS = 2;
  private static final double TOLERANCE = 1e-6;
  private static final int MOST_STEPS = 30;
  private static final int MOST_HALVINGS = 10;

  /** Keeps W^1/2 positive where success is certain. */
  private static final double LEAST_CURVATURE = 1e-12;

  private final int axes;
  private final Kernel kernel;
  private final Cholesky cholesky = new Cholesky();
  private final double[] point;
  private Points points = new Points(0);
  private double[] y = new double[0];
  private int n;
  private double power;
  private double logEvidence;

  // By observation.
  private double[] f = new double[0];
  private double[] a = new double[0];
  private double[] next = new double[0];
  private double[] g = new double[0];
  private double[] root = new double[0];
  private double[] row = new double[0];
  private double[] rowSlopes = new double[0];
  private double[] z = new double[0];

  // By pair of observations: K, its derivatives by q, and B.
  private double[] covariances = new double[0];
  private double[] slopes = new double[0];
  private double[] b = new double[0];

  Classifier(Axes axes) {
    this.axes = axes.count();
    this.kernel = Kernel.exponential(axes);
    this.point = new double[axes.count()];
  }

  /** Takes the first n points with what became of them, 1 or -1. */
  void observe(Points newPoints, double[] outcomes, int count) {
    points = newPoints;
    y = outcomes;
    n = count;
    if (f.length < n) {
      reserve(n + (n >> 2));
    }
    // The mode is to be a function of the observations, not of earlier ones.
    Arrays.fill(a, 0, n, 0);
  }

  private void reserve(int length) {
    f = new double[length];
    a = new double[length];
    next = new double[length];
    g = new double[length];
    root = new double[length];
    row = new double[length];
    rowSlopes = new double[length];
    z = new double[length];
    covariances = new double[length * length];
    slopes = new double[length * length];
    b = new double[length * length];
  }

  /**
   * Finds the mode, starting at that of the hyperparameters before.
   *
   * @param theta the logarithms of the length scales and of the amplitude
   */
  void learn(double[] theta) {
    kernel.setLengths(theta);
    power = Math.exp(2 * theta[axes]);
    correlate();
    double value = latent(a);
    for (int step = 0; step < MOST_STEPS; step++) {
      differentiate();
      stepByNewton();
      double improved = latent(next);
      for (int i = 0; i < MOST_HALVINGS && !(improved >= value); i++) {
        for (int k = 0; k < n; k++) {
          next[k] = 0.5 * (next[k] + a[k]);
        }
        improved = latent(next);
      }
      double gain = improved - value;
      if (!(gain > 0)) {
        latent(a);
        break;
      }
      System.arraycopy(next, 0, a, 0, n);
      value = improved;
      if (gain < TOLERANCE) {
        break;
      }
    }
    differentiate();
    logEvidence = value - 0.5 * cholesky.logDeterminant();
  }

  private void correlate() {
    for (int i = 0; i < n; i++) {
      points.get(i, point);
      kernel.distances(point, points, 0, n, row);
      kernel.covariances(row, rowSlopes, 0, n);
      for (int j = 0; j < n; j++) {
        covariances[i * n + j] = power * row[j] + BIAS * BIAS;
        slopes[i * n + j] = power * rowSlopes[j];
      }
    }
  }

  /** Sets f = K a; returns log p(y | f) - a^T f / 2. */
  private double latent(double[] weights) {
    double value = 0;
    for (int i = 0; i < n; i++) {
      f[i] = dot(covariances, i * n, weights);
      value -= 0.5 * weights[i] * f[i] + softplus(-y[i] * f[i]);
    }
    return value;
  }

  private double dot(double[] matrix, int offset, double[] vector) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += matrix[offset + j] * vector[j];
    }
    return sum;
  }

  /** log(1 + exp(x)). */
  private static double softplus(double x) {
    return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** Sets g, W^1/2 and the factor of B. */
  private void differentiate() {
    for (int i = 0; i < n; i++) {
      double p = probability(i);
      g[i] = (y[i] > 0 ? 1 : 0) - p;
      root[i] = Math.sqrt(Math.max(LEAST_CURVATURE, p * (1 - p)));
    }
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        b[i * n + j] = root[i] * covariances[i * n + j] * root[j];
      }
      b[i * n + i] += 1;
    }
    if (!cholesky.factor(b, n)) {
      throw new IllegalStateException("not a number among the points or hyperparameters");
    }
  }

  /** Sets the next a: b - W^1/2 B^-1 W^1/2 K b, with b = W f + g. */
  private void stepByNewton() {
    for (int i = 0; i < n; i++) {
      next[i] = root[i] * root[i] * f[i] + g[i];
    }
    for (int i = 0; i < n; i++) {
      z[i] = root[i] * dot(covariances, i * n, next);
    }
    cholesky.solveLower(z);
    cholesky.solveUpper(z);
    for (int i = 0; i < n; i++) {
      next[i] -= root[i] * z[i];
    }
  }

  /**
   * log P(success) at a point.
   *
   * @param gradient receives the derivatives by the places on all axes; nothing if it is empty
   */
  double logProbability(double[] at, double[] gradient) {
    kernel.distances(at, points, 0, n, row);
    kernel.covariances(row, rowSlopes, 0, n);
    double mean = 0;
    for (int i = 0; i < n; i++) {
      double covariance = power * row[i] + BIAS * BIAS;
      mean += covariance * g[i];
      z[i] = root[i] * covariance;
    }
    cholesky.solveLower(z);
    double variance = power + BIAS * BIAS;
    for (int i = 0; i < n; i++) {
      variance -= z[i] * z[i];
    }
    double scale = 1 / Math.sqrt(1 + Math.PI / 8 * Math.max(0, variance));
    double logit = scale * mean;
    if (gradient.length > 0) {
      double byLogit = 1 / (1 + Math.exp(logit));
      double byMean = byLogit * scale;
      double byVariance = -0.5 * Math.PI / 8 * byLogit * mean * scale * scale * scale;
      cholesky.solveUpper(z);
      for (int i = 0; i < n; i++) {
        z[i] = (byMean * g[i] - 2 * byVariance * root[i] * z[i]) * power * rowSlopes[i];
      }
      for (int d = 0; d < gradient.length; d++) {
        gradient[d] = kernel.slope(d, at[d], points, n, z);
      }
    }
    return -softplus(-logit);
  }

  // ---- What a fit of the hyperparameters needs ----

  Points points() {
    return points;
  }

  Kernel kernel() {
    return kernel;
  }

  /** How many observations there are. */
  int size() {
    return n;
  }

  /** log q(y), the approximate evidence of the hyperparameters (equation 3.32). */
  double logEvidence() {
    return logEvidence;
  }

  /** P(success) of an observation at the mode. */
  double probability(int i) {
    return 1 / (1 + Math.exp(-f[i]));
  }

  /** K^-1 f, which equals g at the mode. */
  double weight(int i) {
    return g[i];
  }

  /** W^1/2. */
  double root(int i) {
    return root[i];
  }

  /** An element of K. */
  double covariance(int i, int j) {
    return covariances[i * n + j];
  }

  /** The part of it that depends on the points. */
  double local(int i, int j) {
    return covariances[i * n + j] - BIAS * BIAS;
  }

  /** Its derivative by q. */
  double slope(int i, int j) {
    return slopes[i * n + j];
  }

  /**
   * The inverse of B.
   *
   * @param inverse receives the lower triangle by rows, in an array of n^2
   */
  void invert(double[] inverse) {
    cholesky.invert(inverse, b);
  }
}
