package org.hpo4j.examples.vessels.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pixels with their scores and truths, sorted once: exact areas under the two curves that all
 * thresholds make. Pixels of equal score pass a threshold together.
 *
 * <p>Under the receiver operating characteristic the area is that of trapezoids, which is the
 * probability that a pixel of a vessel has a higher score than another, ties counted half (Hanley
 * and McNeil, "The meaning and use of the area under a ROC curve", Radiology 143, 1982). Under
 * precision and recall it is the average precision, {@code sum (R_n - R_(n-1)) P_n}: joining those
 * points by straight lines would be too optimistic (Davis and Goadrich, "The relationship between
 * precision-recall and ROC curves", ICML 2006).
 */
public final class RankedPixels {
  private long[] packed = new long[1 << 16];
  private int count;
  private boolean sorted = true;
  private long positives;

  /**
   * A point of a curve.
   *
   * @param x false-positive rate, or recall
   * @param y true-positive rate, or precision
   */
  public record Point(double x, double y) {}

  /** Both areas and both curves. */
  public record Curves(
      double rocArea, double averagePrecision, List<Point> roc, List<Point> precisionRecall) {
    public Curves {
      roc = List.copyOf(roc);
      precisionRecall = List.copyOf(precisionRecall);
    }
  }

  /**
   * Adds a pixel.
   *
   * @param score in [0, 1], larger for what is rather a vessel
   */
  public void add(float score, boolean vessel) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score is " + score + ", must be in [0, 1]");
    }
    if (count == packed.length) {
      packed = Arrays.copyOf(packed, 2 * count);
    }
    // Bits of floats that are not negative sort as the floats do.
    long bits = Float.floatToIntBits(score + 0.0f);
    packed[count++] = bits << 1 | (vessel ? 1 : 0);
    positives += vessel ? 1 : 0;
    sorted = false;
  }

  /**
   * Returns areas and curves.
   *
   * @param points about how many points of each curve are kept, at least 2; the areas are of all
   * @throws IllegalStateException unless there are pixels of vessels and others
   */
  public Curves curves(int points) {
    long negatives = count - positives;
    if (positives == 0 || negatives == 0) {
      throw new IllegalStateException(
          "of %d pixels %d are vessels; curves need both kinds".formatted(count, positives));
    }
    if (!sorted) {
      Arrays.sort(packed, 0, count);
      sorted = true;
    }
    Thinned roc = new Thinned(points);
    Thinned precisionRecall = new Thinned(points);
    roc.add(0, 0, false);
    double area = 0;
    double averagePrecision = 0;
    long truePositives = 0;
    long falsePositives = 0;
    int i = count - 1;
    while (i >= 0) {
      long score = packed[i] >> 1;
      long hits = 0;
      long misses = 0;
      for (; i >= 0 && packed[i] >> 1 == score; i--) {
        hits += packed[i] & 1;
        misses += 1 - (packed[i] & 1);
      }
      area += misses * (truePositives + 0.5 * hits);
      truePositives += hits;
      falsePositives += misses;
      double precision = (double) truePositives / (truePositives + falsePositives);
      averagePrecision += precision * hits;
      double recall = (double) truePositives / positives;
      roc.add((double) falsePositives / negatives, recall, i < 0);
      precisionRecall.add(recall, precision, i < 0);
    }
    return new Curves(
        area / ((double) positives * negatives),
        averagePrecision / positives,
        roc.points,
        precisionRecall.points);
  }

  /** Leaves out points that are nearer to the last than a plot could show. */
  private static final class Thinned {
    private final List<Point> points = new ArrayList<>();
    private final double distance;

    Thinned(int wanted) {
      // Both curves are at most about two long.
      distance = 2.0 / Math.max(2, wanted);
    }

    void add(double x, double y, boolean always) {
      Point last = points.isEmpty() ? new Point(-1, -1) : points.get(points.size() - 1);
      if (always || Math.abs(x - last.x) + Math.abs(y - last.y) >= distance) {
        points.add(new Point(x, y));
      }
    }
  }
}
