package org.hpo4j.tensorboard;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A histogram in TensorFlow's own buckets, whose limits are 0, plus and minus {@code 1e-12 * 1.1^k}
 * below 1e20, and plus and minus the largest double. A bucket has its lower limit, and not its
 * upper one. Values that are not finite are only counted.
 */
final class Histogram {

  private static final double SMALLEST = 1e-12;
  private static final double LARGEST = 1e20;
  private static final double GROWTH = 1.1;

  /** Ascending; a bucket's upper limit is at its own place, its lower one at the place before. */
  private static final double[] LIMITS = limits();

  private final long[] counts = new long[LIMITS.length];
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double sum;
  private double sumOfSquares;
  private long finite;
  private long notFinite;

  private Histogram() {}

  static Histogram of(float[] values) {
    return of(values.length, i -> values[i]);
  }

  static Histogram of(double[] values) {
    return of(values.length, i -> values[i]);
  }

  private static Histogram of(int size, IntToDoubleFunction value) {
    Histogram histogram = new Histogram();
    for (int i = 0; i < size; i++) {
      histogram.add(value.applyAsDouble(i));
    }
    return histogram;
  }

  private static double[] limits() {
    double[] positive = new double[1000];
    int size = 0;
    // By products, not powers: these are the doubles that TensorFlow has.
    for (double limit = SMALLEST; limit < LARGEST; limit *= GROWTH) {
      positive[size++] = limit;
    }
    positive[size++] = Double.MAX_VALUE;
    double[] all = new double[2 * size + 1];
    for (int i = 0; i < size; i++) {
      all[size - 1 - i] = -positive[i];
      all[size + 1 + i] = positive[i];
    }
    return all;
  }

  private void add(double value) {
    if (!Double.isFinite(value)) {
      notFinite++;
      return;
    }
    finite++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    sumOfSquares += value * value;
    // -0.0 + 0.0 is 0.0: a search would put the negative zero below it.
    int place = Arrays.binarySearch(LIMITS, value + 0.0);
    int bucket = place >= 0 ? place + 1 : -place - 1;
    counts[Math.min(bucket, LIMITS.length - 1)]++;
  }

  long finite() {
    return finite;
  }

  long notFinite() {
    return notFinite;
  }

  /**
   * From the bucket of the minimum to that of the maximum; a gap is one bucket. TensorFlow puts an
   * empty bucket before the first, from which TensorBoard's server makes one that ends before it
   * begins: it takes the minimum for the first lower limit.
   */
  Message toMessage() {
    double[] limits = new double[LIMITS.length];
    double[] buckets = new double[LIMITS.length];
    int size = 0;
    long left = finite;
    for (int i = 0; left > 0; i++) {
      left -= counts[i];
      boolean beforeAll = size == 0 && counts[i] == 0;
      boolean widensGap = size > 0 && counts[i] == 0 && buckets[size - 1] == 0;
      if (beforeAll) {
        continue;
      }
      if (!widensGap) {
        size++;
      }
      limits[size - 1] = LIMITS[i];
      buckets[size - 1] = counts[i];
    }
    return new Message()
        .put(Fields.HISTOGRAM_MIN, min)
        .put(Fields.HISTOGRAM_MAX, max)
        .put(Fields.HISTOGRAM_NUM, (double) finite)
        .put(Fields.HISTOGRAM_SUM, sum)
        .put(Fields.HISTOGRAM_SUM_SQUARES, sumOfSquares)
        .put(Fields.HISTOGRAM_BUCKET_LIMIT, Arrays.copyOf(limits, size))
        .put(Fields.HISTOGRAM_BUCKET, Arrays.copyOf(buckets, size));
  }
}
