package org.hpo4j.sampler.gp;

import java.util.Arrays;
import org.hpo4j.math.BoxLbfgs;
import org.hpo4j.math.DifferentiableFunction;

/**
 * Fits the hyperparameters of a {@link Classifier}: length scales and amplitude of the largest
 * approximate evidence times prior.
 *
 * <p>The derivatives of the evidence are those of algorithm 5.1 of Rasmussen and Williams,
 * "Gaussian Processes for Machine Learning", 2006, gathered in one matrix M: d log q = sum of M_ij
 * dK_ij, with
 *
 * <pre>M = g g^T / 2 - R / 2 + (u g^T + g u^T) / 2,  R = W^1/2 B^-1 W^1/2,  u = s - R K s,</pre>
 *
 * and s the derivatives of -log|B| / 2 by f: s_i = -(1 - (B^-1)_ii) (1 - 2 p_i) / 2.
 *
 * <p>Priors: log l ~ N(log(D) / 2, 1) for each of D axes, log a ~ N(log 3, 1). An amplitude of 3
 * lets P vary between 0.05 and 0.95; where failures have nothing to do with the place, it is fitted
 * to less.
 */
final class ClassifierFit implements DifferentiableFunction {

  private static final double AMPLITUDE = 3;
  private static final double DEVIATION = 1;
  private static final int MOST_EVALUATIONS = 25;
  private static final double FIRST_STEP = 0.5;
  private static final double TOLERANCE = 1e-2;

  private final int axes;
  private final Classifier classifier;
  private final BoxLbfgs lbfgs;
  private final double[] prior;
  private final double[] low;
  private final double[] high;

  // By observation.
  private double[] s = new double[0];
  private double[] u = new double[0];
  private double[] row = new double[0];
  private double[][] squares = new double[0][];

  /** By pair. */
  private double[] r = new double[0];

  ClassifierFit(Axes axes, Classifier classifier) {
    this.axes = axes.count();
    this.classifier = classifier;
    this.lbfgs = new BoxLbfgs(this.axes + 1);
    this.prior = new double[this.axes + 1];
    this.low = new double[this.axes + 1];
    this.high = new double[this.axes + 1];
    Arrays.fill(prior, 0.5 * Math.log(this.axes));
    Arrays.fill(low, Math.log(0.05));
    Arrays.fill(high, Math.log(1e3));
    prior[this.axes] = Math.log(AMPLITUDE);
    low[this.axes] = Math.log(0.03);
    high[this.axes] = Math.log(30);
  }

  /** The middle of the prior. */
  double[] prior() {
    return prior.clone();
  }

  /** The hyperparameters of what the classifier observes. */
  double[] run() {
    double[] theta = prior();
    lbfgs.minimize(this, theta, low, high, FIRST_STEP, TOLERANCE, MOST_EVALUATIONS);
    return theta;
  }

  @Override
  public double evaluate(double[] theta, double[] gradient) {
    classifier.learn(theta);
    double value = -classifier.logEvidence();
    for (int i = 0; i < theta.length; i++) {
      double z = (theta[i] - prior[i]) / DEVIATION;
      value += 0.5 * z * z;
      gradient[i] = z / DEVIATION;
    }
    int n = classifier.size();
    if (s.length < n) {
      reserve(n + (n >> 2));
    }
    invert(n);
    addPairs(n, gradient);
    return value;
  }

  private void reserve(int length) {
    s = new double[length];
    u = new double[length];
    row = new double[length];
    squares = new double[axes][length];
    r = new double[length * length];
  }

  /** Sets R, s and u. */
  private void invert(int n) {
    classifier.invert(r);
    for (int i = 0; i < n; i++) {
      s[i] = -0.5 * (1 - r[i * n + i]) * (1 - 2 * classifier.probability(i));
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        r[i * n + j] *= classifier.root(i) * classifier.root(j);
        r[j * n + i] = r[i * n + j];
      }
    }
    for (int i = 0; i < n; i++) {
      row[i] = 0;
      for (int j = 0; j < n; j++) {
        row[i] += classifier.covariance(i, j) * s[j];
      }
    }
    for (int i = 0; i < n; i++) {
      u[i] = s[i];
      for (int j = 0; j < n; j++) {
        u[i] -= r[i * n + j] * row[j];
      }
    }
  }

  private void addPairs(int n, double[] gradient) {
    for (double[] sum : squares) {
      Arrays.fill(sum, 0, n, 0);
    }
    Points points = classifier.points();
    Kernel kernel = classifier.kernel();
    double byAmplitude = 0;
    for (int i = 0; i < n; i++) {
      double gi = classifier.weight(i);
      for (int j = 0; j < n; j++) {
        double gj = classifier.weight(j);
        double m = 0.5 * (gi * gj - r[i * n + j] + u[i] * gj + u[j] * gi);
        byAmplitude += 2 * m * classifier.local(i, j);
        row[j] = m * classifier.slope(i, j);
      }
      for (int d = 0; d < axes; d++) {
        kernel.addSquares(d, points.axis(d)[i], points, 0, n, row, squares[d]);
      }
    }
    gradient[axes] -= byAmplitude;
    for (int d = 0; d < axes; d++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += squares[d][i];
      }
      gradient[d] += 2 * kernel.weight(d) * sum;
    }
  }
}
