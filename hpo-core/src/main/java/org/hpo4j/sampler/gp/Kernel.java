package org.hpo4j.sampler.gp;

import java.util.Arrays;
import org.hpo4j.math.Matern52;

/**
 * The covariance of two points, in units of the smooth part's variance.
 *
 * <p>Notation:
 *
 * <ul>
 *   <li>w_d = 1 / l_d^2, the weight of axis d with the length scale l_d.
 *   <li>q(x, x') = sum of w_d (x_d - x'_d)^2 over the axes, with 1 in place of the square for
 *       different options of a nominal axis.
 *   <li>k, the Matern correlation of smoothness 5/2 as a function of q.
 *   <li>c(q) = k(q) + rho k(q / eps^2): a smooth function, and on top of it a rough one of the
 *       variance rho with length scales shorter by the factor eps.
 *   <li>eta, the variance of the noise, which belongs to observations only.
 * </ul>
 *
 * <p>The rough part is for functions with ripples on a slope: a single Matern kernel must take the
 * ripples for the whole, and sees no slope, or for noise, and then wonders at neighbours that
 * agree. Where there are none, rho is fitted to nothing. Both parts share the axes' relevance. The
 * objective has a model with a rough part and one without, see {@link GpModel}.
 */
final class Kernel {

  /** exp(-40) is 4e-18. */
  private static final double NEGLIGIBLE = 40;

  /** So near to 0 the exponential kernel is taken to be level. */
  private static final double KINK = 1e-9;

  private final Axes axes;
  private final boolean exponential;
  private final double[] weights;
  private double rough;
  private double shrink = 1;
  private double noise;

  Kernel(Axes axes) {
    this(axes, false);
  }

  private Kernel(Axes axes, boolean exponential) {
    this.axes = axes;
    this.exponential = exponential;
    this.weights = new double[axes.count()];
  }

  /** The kernel exp(-sqrt q), without a rough part or noise: of functions that have kinks. */
  static Kernel exponential(Axes axes) {
    return new Kernel(axes, true);
  }

  /** Takes the logarithms of the length scales, and nothing else. */
  void setLengths(double[] theta) {
    for (int d = 0; d < weights.length; d++) {
      weights[d] = Math.exp(-2 * theta[d]);
    }
  }

  /** Takes the hyperparameters. */
  void set(double[] theta) {
    setLengths(theta);
    int next = weights.length;
    noise = Math.exp(theta[next + Theta.NOISE]);
    double logRough = theta[next + Theta.ROUGH];
    rough = logRough > Theta.LEAST_LOG_ROUGH ? Math.exp(logRough) : 0;
    shrink = Math.exp(-2 * theta[next + Theta.SCALE]);
  }

  /** w_d. */
  double weight(int axis) {
    return weights[axis];
  }

  /** rho; exactly 0 at its lower bound, where it saves half the work. */
  double rough() {
    return rough;
  }

  /** eta. */
  double noise() {
    return noise;
  }

  /** The variance of a value without noise, c(0). */
  double variance() {
    return 1 + rough;
  }

  /** q of a point and the points {@code from} to {@code to}. */
  void distances(double[] point, Points points, int from, int to, double[] q) {
    Arrays.fill(q, from, to, 0);
    for (int d = 0; d < weights.length; d++) {
      double weight = weights[d];
      double place = point[d];
      double[] x = points.axis(d);
      if (axes.isNominal(d)) {
        for (int i = from; i < to; i++) {
          double t = x[i] - place;
          // Options are whole numbers: the square of different ones is 1 or more.
          q[i] += weight * Math.min(1, t * t);
        }
      } else {
        for (int i = from; i < to; i++) {
          double t = x[i] - place;
          q[i] += weight * (t * t);
        }
      }
    }
  }

  /** Replaces q by c(q). */
  void covariances(double[] q, int from, int to) {
    for (int i = from; i < to; i++) {
      double s = Matern52.scaled(q[i]);
      double covariance = Matern52.correlation(s, Math.exp(-s));
      if (rough > 0) {
        double s2 = Matern52.scaled(q[i] * shrink);
        covariance += s2 > NEGLIGIBLE ? 0 : rough * Matern52.correlation(s2, Math.exp(-s2));
      }
      q[i] = covariance;
    }
  }

  /** Replaces q by c(q) and sets c'(q); at the kink of the exponential kernel that is 0. */
  void covariances(double[] q, double[] derivatives, int from, int to) {
    if (exponential) {
      for (int i = from; i < to; i++) {
        double r = Math.sqrt(q[i]);
        q[i] = Math.exp(-r);
        derivatives[i] = r > KINK ? -0.5 * q[i] / r : 0;
      }
      return;
    }
    for (int i = from; i < to; i++) {
      double s = Matern52.scaled(q[i]);
      double exp = Math.exp(-s);
      double covariance = Matern52.correlation(s, exp);
      double derivative = Matern52.derivative(s, exp);
      if (rough > 0) {
        double s2 = Matern52.scaled(q[i] * shrink);
        double exp2 = s2 > NEGLIGIBLE ? 0 : Math.exp(-s2);
        covariance += rough * Matern52.correlation(s2, exp2);
        derivative += rough * shrink * Matern52.derivative(s2, exp2);
      }
      q[i] = covariance;
      derivatives[i] = derivative;
    }
  }

  /** The same with the derivatives of c by log rho and by log eps. */
  void covariances(
      double[] q, double[] derivatives, double[] byRough, double[] byScale, int from, int to) {
    if (rough == 0) {
      covariances(q, derivatives, from, to);
      Arrays.fill(byRough, from, to, 0);
      Arrays.fill(byScale, from, to, 0);
      return;
    }
    for (int i = from; i < to; i++) {
      double s = Matern52.scaled(q[i]);
      double exp = Math.exp(-s);
      double q2 = q[i] * shrink;
      double s2 = Matern52.scaled(q2);
      double exp2 = s2 > NEGLIGIBLE ? 0 : Math.exp(-s2);
      double covariance2 = rough * Matern52.correlation(s2, exp2);
      double derivative2 = rough * Matern52.derivative(s2, exp2);
      q[i] = Matern52.correlation(s, exp) + covariance2;
      derivatives[i] = Matern52.derivative(s, exp) + shrink * derivative2;
      byRough[i] = covariance2;
      byScale[i] = -2 * q2 * derivative2;
    }
  }

  /** sums[i] += factors[i] times the square on one axis between the point and point i. */
  void addSquares(
      int axis, double place, Points points, int from, int to, double[] factors, double[] sums) {
    double[] x = points.axis(axis);
    if (axes.isNominal(axis)) {
      for (int i = from; i < to; i++) {
        double t = x[i] - place;
        sums[i] += factors[i] * Math.min(1, t * t);
      }
    } else {
      for (int i = from; i < to; i++) {
        double t = x[i] - place;
        sums[i] += factors[i] * (t * t);
      }
    }
  }

  /** The derivative by the point's place on an axis of the sum of factors[i] q_i. */
  double slope(int axis, double place, Points points, int n, double[] factors) {
    if (axes.isNominal(axis)) {
      return 0;
    }
    double[] x = points.axis(axis);
    double sum0 = 0;
    double sum1 = 0;
    int i = 0;
    for (; i + 1 < n; i += 2) {
      sum0 += factors[i] * (place - x[i]);
      sum1 += factors[i + 1] * (place - x[i + 1]);
    }
    if (i < n) {
      sum0 += factors[i] * (place - x[i]);
    }
    return 2 * weights[axis] * (sum0 + sum1);
  }
}
