package org.hpo4j.sampler.tpe;

import java.util.Arrays;

/**
 * The width of each kernel of one dimension: its distance to the neighbouring observation, as in
 * the adaptive Parzen estimator of Bergstra, Bardenet, Bengio and Kégl, "Algorithms for
 * Hyper-Parameter Optimization", NIPS 2011, section 4. A law that depends on the number of
 * observations alone cannot follow observations that close in on an optimum.
 *
 * <p>Notation: x an observation in [0, 1], n their number, f a factor, w = max(1/100, 1/(n + 1))
 * the least width. Then width(x) = min(1, max(w, f max(left gap, right gap))), where a gap reaches
 * to the nearest different observation. One that is missing does not count; if both are, the gaps
 * to the ends of [0, 1] count.
 *
 * <p>Linear in n, without sorting, and yet exact: two observations in one bucket of width 1/(100 f)
 * are closer than the least width can show, so only the ends of a bucket need a neighbour.
 *
 * <p>To use: {@link #clear}, {@link #add} each observation, {@link #finish}; then ask for widths.
 */
final class Bandwidth {

  private static final double LEAST = 0.01;

  private final double factor;
  private final double bucketsPerUnit;

  /** By bucket: its ends, the last observation before it and the first one after it. */
  private final double[] low;

  private final double[] high;
  private final double[] before;
  private final double[] after;

  private double least = 1;

  /**
   * Widths with a factor.
   *
   * @param factor f, positive and at most 1
   */
  Bandwidth(double factor) {
    this.factor = factor;
    this.bucketsPerUnit = factor / LEAST;
    int buckets = (int) bucketsPerUnit + 1;
    low = new double[buckets];
    high = new double[buckets];
    before = new double[buckets];
    after = new double[buckets];
  }

  /** Forgets all observations. */
  void clear() {
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
  }

  /** Takes notice of an observation in [0, 1]; repetitions make no difference. */
  void add(double x) {
    int bucket = (int) (x * bucketsPerUnit);
    if (x < low[bucket]) {
      low[bucket] = x;
    }
    if (x > high[bucket]) {
      high[bucket] = x;
    }
  }

  /**
   * Ends the observations.
   *
   * @param n their number, repetitions included
   */
  void finish(int n) {
    least = Math.max(LEAST, 1.0 / (n + 1));
    double last = Double.NEGATIVE_INFINITY;
    for (int b = 0; b < low.length; b++) {
      before[b] = last;
      last = Math.max(last, high[b]);
    }
    last = Double.POSITIVE_INFINITY;
    for (int b = low.length - 1; b >= 0; b--) {
      after[b] = last;
      last = Math.min(last, low[b]);
    }
  }

  /** The width at one of the observations. */
  double width(double x) {
    int bucket = (int) (x * bucketsPerUnit);
    boolean inner = x > low[bucket] && x < high[bucket];
    return inner ? least : Math.min(1, Math.max(least, factor * gap(x, bucket)));
  }

  private double gap(double x, int bucket) {
    double left = x > low[bucket] ? 0 : x - before[bucket];
    double right = x < high[bucket] ? 0 : after[bucket] - x;
    if (Double.isInfinite(left)) {
      return Double.isInfinite(right) ? Math.max(x, 1 - x) : right;
    }
    return Double.isInfinite(right) ? left : Math.max(left, right);
  }
}
