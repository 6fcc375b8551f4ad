package org.hpo4j.sampler.gp;

import java.util.Arrays;

/**
 * Squared distances of points in units of the length scales.
 *
 * <p>Notation: w_d = 1 / l_d^2, the weight of axis d with the length scale l_d; q(x, x') = sum of
 * w_d (x_d - x'_d)^2 over the axes, with 1 in place of the square for different options of a
 * nominal axis.
 */
final class Kernel {

  private final Axes axes;
  private final double[] weights;

  Kernel(Axes axes) {
    this.axes = axes;
    this.weights = new double[axes.count()];
  }

  /** Sets the length scales from their logarithms, the first elements of an array. */
  void setLogLengths(double[] logLengths) {
    for (int d = 0; d < weights.length; d++) {
      weights[d] = Math.exp(-2 * logLengths[d]);
    }
  }

  double weight(int axis) {
    return weights[axis];
  }

  /** The distances of a point from points {@code from} to {@code to}. */
  void distances(double[] point, Points points, int from, int to, double[] q) {
    Arrays.fill(q, from, to, 0);
    for (int d = 0; d < weights.length; d++) {
      add(point[d], points.axis(d), from, to, axes.isNominal(d), weights[d], q);
    }
  }

  private static void add(
      double place, double[] x, int from, int to, boolean nominal, double weight, double[] q) {
    if (nominal) {
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

  /** sums[i] += factors[i] * the square on one axis between the point and point i. */
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
  double derivative(int axis, double place, Points points, int n, double[] factors) {
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
    for (; i < n; i++) {
      sum0 += factors[i] * (place - x[i]);
    }
    return 2 * weights[axis] * (sum0 + sum1);
  }
}
