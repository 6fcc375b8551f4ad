package org.hpo4j.sampler.gp;

import java.util.Arrays;

/**
 * Objective values scaled to [0, 1].
 *
 * <p>Notation: v = (y - low) / (high - low), where low is the lowest finite value and high the
 * highest that is not an outlier: at most the upper quartile plus {@value #OUTLIER} times its
 * distance from low. Higher values, infinity among them, count as high, and minus infinity as low.
 */
final class Values {

  /** Far enough to leave an exponential slope alone, near enough to keep digits below it. */
  private static final double OUTLIER = 1e4;

  private final double low;
  private final double high;

  private Values(double low, double high) {
    this.low = low;
    this.high = high;
  }

  /**
   * The scale of the first n values.
   *
   * @param y no NaN
   */
  static Values of(double[] y, int n) {
    double[] sorted = Arrays.copyOf(y, n);
    Arrays.sort(sorted);
    int from = 0;
    while (from < n && sorted[from] == Double.NEGATIVE_INFINITY) {
      from++;
    }
    int to = n;
    while (to > from && sorted[to - 1] == Double.POSITIVE_INFINITY) {
      to--;
    }
    if (from == to) {
      return new Values(0, 1);
    }
    double low = sorted[from];
    double quartile = sorted[from + 3 * (to - 1 - from) / 4];
    double most = quartile == low ? sorted[to - 1] : quartile + OUTLIER * (quartile - low);
    return new Values(low, Math.min(sorted[to - 1], most));
  }

  /** The scaled value; those outside the range count as the nearer end. */
  double scaled(double y) {
    return unclipped(Math.max(low, Math.min(high, y)));
  }

  /** The scaled value; 0 if all values are equal. Halves, since a difference may overflow. */
  double unclipped(double y) {
    return high > low ? (0.5 * y - 0.5 * low) / (0.5 * high - 0.5 * low) : 0;
  }

  /** Scales the first n values. */
  void scale(double[] y, int n, double[] v) {
    for (int i = 0; i < n; i++) {
      v[i] = scaled(y[i]);
    }
  }
}
