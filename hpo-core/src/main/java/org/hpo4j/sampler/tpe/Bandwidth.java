package org.hpo4j.sampler.tpe;

import java.util.Arrays;

/**
 * The width of each kernel of one dimension: its distance to the neighbouring observation, as in
 * the adaptive Parzen estimator of Bergstra, Bardenet, Bengio and Kégl, "Algorithms for
 * Hyper-Parameter Optimization", NIPS 2011, section 4. A law that depends on the number of
 * observations alone cannot follow observations that close in on an optimum.
 *
 * <p>Notation: x the observations of the dimension, n their number, f a factor, w = max(1/100, 1/(n
 * + 1)) the least width. Then width(x) = min(1, max(w, f max(left gap, right gap))), where a gap
 * reaches to the nearest different observation. One that is missing does not count; if both are,
 * the gaps to the ends of [0, 1] count.
 *
 * <p>Linear in n, without sorting, and yet exact: two observations in a bucket of width w/f are
 * closer than the least width can show, so only the ends of each bucket need a neighbour.
 */
final class Bandwidth {

  private static final double LEAST = 0.01;

  private final double factor;
  private double[] low = new double[0];
  private double[] high = new double[0];
  private double[] before = new double[0];
  private double[] after = new double[0];

  Bandwidth(double factor) {
    this.factor = factor;
  }

  /**
   * Fits all widths.
   *
   * @param x places in [0, 1]; NaN for a missing observation
   * @param size how many entries of x count
   * @param n the number of observations, more than x has where x leaves out repetitions
   * @param width receives the widths; NaN where x is
   */
  void fit(double[] x, int size, int n, double[] width) {
    double least = Math.max(LEAST, 1.0 / (n + 1));
    double scale = factor / least;
    fillBuckets(x, size, scale);
    for (int i = 0; i < size; i++) {
      width[i] = Double.isNaN(x[i]) ? Double.NaN : width(x[i], (int) (x[i] * scale), least);
    }
  }

  private void fillBuckets(double[] x, int size, double scale) {
    int buckets = (int) scale + 1;
    if (low.length < buckets) {
      low = new double[buckets];
      high = new double[buckets];
      before = new double[buckets];
      after = new double[buckets];
    }
    Arrays.fill(low, 0, buckets, Double.POSITIVE_INFINITY);
    Arrays.fill(high, 0, buckets, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < size; i++) {
      if (!Double.isNaN(x[i])) {
        int bucket = (int) (x[i] * scale);
        low[bucket] = Math.min(low[bucket], x[i]);
        high[bucket] = Math.max(high[bucket], x[i]);
      }
    }
    double last = Double.NEGATIVE_INFINITY;
    for (int b = 0; b < buckets; b++) {
      before[b] = last;
      last = Math.max(last, high[b]);
    }
    last = Double.POSITIVE_INFINITY;
    for (int b = buckets - 1; b >= 0; b--) {
      after[b] = last;
      last = Math.min(last, low[b]);
    }
  }

  private double width(double x, int bucket, double least) {
    double left = x > low[bucket] ? 0 : x - before[bucket];
    double right = x < high[bucket] ? 0 : after[bucket] - x;
    double gap;
    if (Double.isInfinite(left) && Double.isInfinite(right)) {
      gap = Math.max(x, 1 - x);
    } else if (Double.isInfinite(left)) {
      gap = right;
    } else if (Double.isInfinite(right)) {
      gap = left;
    } else {
      gap = Math.max(left, right);
    }
    return Math.min(1, Math.max(least, factor * gap));
  }
}
