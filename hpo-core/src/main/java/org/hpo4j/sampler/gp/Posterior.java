package org.hpo4j.sampler.gp;

import java.util.Arrays;
import org.hpo4j.math.Cholesky;

/**
 * What a Gaussian process expects of a function after n observations and, possibly, p imagined ones
 * of trials that have failed or still run.
 *
 * <p>Notation, beside that of {@link Likelihood}:
 *
 * <ul>
 *   <li>C = U^T U; k, the correlations of a point with the observations; z = U^-T k.
 *   <li>mean(x) = beta + k^T alpha, variance(x) = s^2 (c(0) - z^T z).
 *   <li>w = U^-T r, the innovations: independent, of variance s^2. An imagined observation is one
 *       more innovation, drawn from that law; alpha = U^-1 w has p more elements then. There are
 *       several such continuations of w, the fantasies, which share U and the variance (Snoek,
 *       Larochelle and Adams, "Practical Bayesian Optimization of Machine Learning Algorithms",
 *       NIPS 2012, section 3.2).
 * </ul>
 *
 * <p>Between two fits the factor only grows by the rows of new observations.
 */
final class Posterior {

  /** Below this share of the signal's variance there is only rounding. */
  private static final double LEAST_VARIANCE = 1e-12;

  private static final double FIRST_JITTER = 1e-10;

  /** Any matrix of finite covariances has become positive definite before. */
  private static final double MOST_JITTER = 1e10;

  private final Axes axes;
  private final Kernel kernel;
  private final Cholesky cholesky = new Cholesky();
  private final Points points;

  private double[] theta = new double[0];
  private double jitter;
  private int observed;

  /** The observations and the assumed ones. */
  private int known;

  private double beta;
  private double variance = 1;
  private double[] innovations = new double[0];
  private double[] alpha = new double[0];
  private double[][] alphas = {new double[0]};
  private int fantasies = 1;
  private double[] column = new double[0];

  // Of the point that was predicted last.
  private double[] correlations = new double[0];
  private double[] derivatives = new double[0];
  private double[] z = new double[0];
  private double[] means = new double[1];
  private double pointVariance;

  Posterior(Axes axes) {
    this.axes = axes;
    this.kernel = new Kernel(axes);
    this.points = new Points(axes.count());
  }

  /**
   * Takes n observations.
   *
   * @param theta the hyperparameters
   * @param x their points
   * @param t their values, warped and standardized
   */
  void observe(double[] theta, Points x, double[] t, int n) {
    factor(theta, x, n);
    observed = n;
    known = n;
    fantasies = 1;
    innovations = sized(innovations, n);
    alpha = sized(alpha, n);
    column = sized(column, n);
    double[] ones = column;
    Arrays.fill(ones, 0, n, 1);
    cholesky.solveLower(ones);
    System.arraycopy(t, 0, innovations, 0, n);
    cholesky.solveLower(innovations);
    double one = 0;
    double mixed = 0;
    for (int i = 0; i < n; i++) {
      one += ones[i] * ones[i];
      mixed += ones[i] * innovations[i];
    }
    beta = mixed / one;
    double q = 0;
    for (int i = 0; i < n; i++) {
      innovations[i] -= beta * ones[i];
      q += innovations[i] * innovations[i];
    }
    variance = (q + Likelihood.KAPPA) / (n + Likelihood.KAPPA);
    alphas[0] = sized(alphas[0], n);
    System.arraycopy(innovations, 0, alphas[0], 0, n);
    cholesky.solveUpper(alphas[0]);
    System.arraycopy(alphas[0], 0, alpha, 0, n);
    reserve(n);
  }

  private static double[] sized(double[] array, int n) {
    return array.length >= n ? array : Arrays.copyOf(array, n + (n >> 2));
  }

  private void reserve(int n) {
    correlations = sized(correlations, n);
    derivatives = sized(derivatives, n);
    z = sized(z, n);
  }

  /** Brings the factor in step with the points: by the rows that are new, if nothing else is. */
  private void factor(double[] newTheta, Points x, int n) {
    int equal = 0;
    if (Arrays.equals(newTheta, theta)) {
      int most = Math.min(Math.min(observed, cholesky.size()), n);
      while (equal < most && points.equal(equal, x, equal)) {
        equal++;
      }
      // More jitter than at first was for rows that may be gone.
      equal = equal < observed && jitter > FIRST_JITTER ? 0 : equal;
    }
    if (equal == 0) {
      theta = newTheta.clone();
      kernel.set(theta);
      jitter = FIRST_JITTER;
    }
    cholesky.truncate(equal);
    points.truncate(equal);
    double[] point = new double[axes.count()];
    while (points.size() < n) {
      x.get(points.size(), point);
      if (!append(point)) {
        jitter *= 10;
        if (jitter > MOST_JITTER) {
          throw new IllegalStateException(
              "not a number among the points or hyperparameters " + Arrays.toString(newTheta));
        }
        cholesky.truncate(0);
        points.truncate(0);
      }
    }
  }

  /** Appends a row; false if the matrix is singular then, up to rounding. */
  private boolean append(double[] point) {
    int n = points.size();
    column = sized(column, n + 1);
    kernel.distances(point, points, 0, n, column);
    kernel.covariances(column, 0, n);
    column[n] = kernel.variance() + kernel.noise() + jitter;
    if (!cholesky.append(column)) {
      return false;
    }
    points.add(point);
    return true;
  }

  /** The expected value, without noise, of an observation: t - (eta + jitter) alpha. */
  double smoothed(int observation, double t) {
    return t - (kernel.noise() + jitter) * alpha[observation];
  }

  /**
   * Assumes that some points come to what is expected of them, those of failed trials for example:
   * that nothing is to be gained by another trial there. The mean of the process does not change.
   */
  void assume(Points assumed) {
    double[] point = new double[axes.count()];
    double[] targets = new double[assumed.size()];
    for (int i = 0; i < targets.length; i++) {
      assumed.get(i, point);
      targets[i] = meanAt(point, 0);
    }
    innovations = sized(innovations, observed + targets.length);
    for (int i = 0; i < targets.length; i++) {
      assumed.get(i, point);
      if (append(point)) {
        int row = points.size() - 1;
        double rest = targets[i] - beta;
        for (int k = 0; k < row; k++) {
          rest -= cholesky.get(k, row) * innovations[k];
        }
        innovations[row] = rest / cholesky.get(row, row);
      }
    }
    known = points.size();
    alphas[0] = sized(alphas[0], known);
    System.arraycopy(innovations, 0, alphas[0], 0, known);
    cholesky.solveUpper(alphas[0]);
    reserve(known);
  }

  /**
   * Imagines the outcomes of trials that still run.
   *
   * @param running their points
   * @param normals by fantasy: a standard normal number for each
   */
  void imagine(Points running, double[][] normals) {
    double[] point = new double[axes.count()];
    int appended = 0;
    for (int i = 0; i < running.size(); i++) {
      running.get(i, point);
      appended += append(point) ? 1 : 0;
    }
    int n = points.size();
    fantasies = normals.length;
    alphas = Arrays.copyOf(alphas, Math.max(alphas.length, fantasies));
    means = sized(means, fantasies);
    for (int s = 0; s < fantasies; s++) {
      double[] w = new double[n];
      System.arraycopy(innovations, 0, w, 0, known);
      for (int i = 0; i < appended; i++) {
        w[known + i] = Math.sqrt(variance) * normals[s][i];
      }
      cholesky.solveUpper(w);
      alphas[s] = w;
    }
    reserve(n);
  }

  /** The lowest imagined outcome of a fantasy; positive infinity if there is none. */
  double lowestImagined(int fantasy) {
    double lowest = Double.POSITIVE_INFINITY;
    double[] point = new double[axes.count()];
    for (int i = known; i < points.size(); i++) {
      points.get(i, point);
      lowest = Math.min(lowest, meanAt(point, fantasy));
    }
    return lowest;
  }

  /** The expected value at a point; to be asked before anything is imagined. */
  double expected(double[] point) {
    return meanAt(point, 0);
  }

  private double meanAt(double[] point, int fantasy) {
    int n = points.size();
    kernel.distances(point, points, 0, n, correlations);
    kernel.covariances(correlations, 0, n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += correlations[i] * alphas[fantasy][i];
    }
    return beta + sum;
  }

  int fantasies() {
    return fantasies;
  }

  /** Predicts the value at a point: {@link #mean} and {@link #variance}. */
  void predict(double[] point, boolean withSlopes) {
    int n = points.size();
    kernel.distances(point, points, 0, n, correlations);
    if (withSlopes) {
      kernel.covariances(correlations, derivatives, 0, n);
    } else {
      kernel.covariances(correlations, 0, n);
    }
    for (int s = 0; s < fantasies; s++) {
      double sum = 0;
      double[] weights = alphas[s];
      for (int i = 0; i < n; i++) {
        sum += correlations[i] * weights[i];
      }
      means[s] = beta + sum;
    }
    System.arraycopy(correlations, 0, z, 0, n);
    cholesky.solveLower(z);
    double explained = 0;
    for (int i = 0; i < n; i++) {
      explained += z[i] * z[i];
    }
    pointVariance = variance * Math.max(kernel.variance() - explained, LEAST_VARIANCE);
  }

  /** The mean at the predicted point under a fantasy. */
  double mean(int fantasy) {
    return means[fantasy];
  }

  /** The variance at the predicted point. */
  double variance() {
    return pointVariance;
  }

  /**
   * Adds the derivatives by the predicted point of a function of mean and variance; those of
   * nominal axes are 0. To be called once for a prediction with slopes.
   *
   * @param byMean the function's derivatives by the mean of each fantasy
   * @param byVariance and by the variance
   */
  void addSlopes(double[] point, double[] byMean, double byVariance, double[] gradient) {
    int n = points.size();
    // dvariance/dk = -2 s^2 C^-1 k.
    cholesky.solveUpper(z);
    double factor = -2 * variance * byVariance;
    for (int i = 0; i < n; i++) {
      z[i] *= factor;
    }
    for (int s = 0; s < fantasies; s++) {
      double[] weights = alphas[s];
      double byThis = byMean[s];
      for (int i = 0; i < n; i++) {
        z[i] += byThis * weights[i];
      }
    }
    for (int i = 0; i < n; i++) {
      z[i] *= derivatives[i];
    }
    for (int d = 0; d < gradient.length; d++) {
      gradient[d] += kernel.slope(d, point[d], points, n, z);
    }
  }
}
