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
 * <p>Hence there are few different widths: that of each end of a bucket and the least one. Each has
 * an index, by which a caller may keep what it computes from a width.
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

  /** By index: of the low and the high end of each bucket, and the least width. */
  private double[] widths;

  /** The same, and the ends of the buckets, after the last observations but one. */
  private double[] lastWidths;

  private final double[] lastLow;
  private final double[] lastHigh;

  /** Whether an end of a bucket has moved since the widths were set. */
  private boolean moved;

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
    widths = new double[2 * buckets + 1];
    lastWidths = new double[2 * buckets + 1];
    lastLow = new double[buckets];
    lastHigh = new double[buckets];
    clear();
    System.arraycopy(low, 0, lastLow, 0, buckets);
    System.arraycopy(high, 0, lastHigh, 0, buckets);
  }

  /** Forgets all observations. */
  void clear() {
    moved = true;
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
  }

  /** Takes notice of an observation in [0, 1]; repetitions make no difference. */
  void add(double x) {
    int bucket = (int) (x * bucketsPerUnit);
    if (x < low[bucket]) {
      low[bucket] = x;
      moved = true;
    }
    if (x > high[bucket]) {
      high[bucket] = x;
      moved = true;
    }
  }

  /**
   * Ends the observations.
   *
   * @param n their number, repetitions included
   * @return whether any of those before the last call has another width now; only of use if all of
   *     them still are there
   */
  boolean finish(int n) {
    double least = Math.max(LEAST, 1.0 / (n + 1));
    if (!moved && least == widths[widths.length - 1]) {
      return false;
    }
    moved = false;
    double[] freed = lastWidths;
    lastWidths = widths;
    widths = freed;
    setWidths(least);
    boolean changed = false;
    for (int b = 0; b < low.length && !changed; b++) {
      // A bucket's inner observations have the least width, as an end has once it is none any more.
      changed =
          lastLow[b] <= lastHigh[b]
              && (width(lastLow[b]) != lastWidths[2 * b]
                  || width(lastHigh[b]) != lastWidths[2 * b + 1]);
    }
    System.arraycopy(low, 0, lastLow, 0, low.length);
    System.arraycopy(high, 0, lastHigh, 0, high.length);
    return changed || least != lastWidths[widths.length - 1];
  }

  private void setWidths(double least) {
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
    for (int b = 0; b < low.length; b++) {
      if (low[b] <= high[b]) {
        widths[2 * b] = Math.min(1, Math.max(least, factor * gap(low[b], b)));
        widths[2 * b + 1] = Math.min(1, Math.max(least, factor * gap(high[b], b)));
      }
    }
    widths[widths.length - 1] = least;
  }

  /** How many indices of widths there are. */
  int indices() {
    return widths.length;
  }

  /** The width of an index; of no meaning for an end of a bucket without observations. */
  double widthAt(int index) {
    return widths[index];
  }

  /** The least width, w. */
  double leastWidth() {
    return widths[widths.length - 1];
  }

  /** The index of the width at one of the observations. */
  int index(double x) {
    int bucket = (int) (x * bucketsPerUnit);
    if (x == low[bucket]) {
      return 2 * bucket;
    }
    return x == high[bucket] ? 2 * bucket + 1 : widths.length - 1;
  }

  /** The width at one of the observations. */
  double width(double x) {
    return widths[index(x)];
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
