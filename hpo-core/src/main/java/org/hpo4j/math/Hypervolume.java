package org.hpo4j.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The hypervolume of a set of points: the measure of what they dominate below a reference point,
 * all objectives to be minimized. The one measure of a front that grows whenever a point is added
 * that none dominates.
 *
 * <p>For two objectives a sum of rectangles along the front; for more the algorithm of While,
 * Bradstreet and Barone, "A fast way of calculating exact hypervolumes", IEEE Transactions on
 * Evolutionary Computation 16(1), 2012: the volume of each point less what it shares with those
 * after it, which are first cut to it. Its time is exponential in the number of objectives.
 */
public final class Hypervolume {

  private Hypervolume() {}

  /**
   * The volume between points and a reference.
   *
   * @param points any number, each of as many objectives as the reference; those that are not below
   *     it in every objective do not count, infinite ones included
   * @param reference finite
   * @return at least 0; infinity if a point that counts is unbounded below
   */
  public static double of(double[][] points, double[] reference) {
    List<double[]> inside = new ArrayList<>();
    for (double[] point : points) {
      if (isBelow(point, reference)) {
        inside.add(point);
      }
    }
    if (inside.stream().flatMapToDouble(Arrays::stream).anyMatch(Double::isInfinite)) {
      return Double.POSITIVE_INFINITY;
    }
    // Last objective worst first: points that come later are cut to few that remain.
    int last = reference.length - 1;
    inside.sort((a, b) -> Double.compare(b[last], a[last]));
    return volume(inside, reference);
  }

  private static boolean isBelow(double[] point, double[] reference) {
    for (int m = 0; m < reference.length; m++) {
      if (!(point[m] < reference[m])) {
        return false;
      }
    }
    return true;
  }

  private static double volume(List<double[]> points, double[] reference) {
    if (reference.length == 2) {
      return area(points, reference);
    }
    double sum = 0;
    for (int i = 0; i < points.size(); i++) {
      double[] point = points.get(i);
      double box = 1;
      for (int m = 0; m < reference.length; m++) {
        box *= reference[m] - point[m];
      }
      sum += box - volume(cutTo(point, points.subList(i + 1, points.size())), reference);
    }
    return sum;
  }

  /** What others dominate of a point's own region: their worse coordinates, without repeats. */
  private static List<double[]> cutTo(double[] point, List<double[]> others) {
    List<double[]> cut = new ArrayList<>();
    for (double[] other : others) {
      double[] corner = new double[point.length];
      Arrays.setAll(corner, m -> Math.max(point[m], other[m]));
      if (cut.stream().noneMatch(c -> isAtMost(c, corner))) {
        cut.removeIf(c -> isAtMost(corner, c));
        cut.add(corner);
      }
    }
    return cut;
  }

  private static boolean isAtMost(double[] a, double[] b) {
    for (int m = 0; m < a.length; m++) {
      if (!(a[m] <= b[m])) {
        return false;
      }
    }
    return true;
  }

  private static double area(List<double[]> points, double[] reference) {
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort((a, b) -> Double.compare(a[0], b[0]));
    double sum = 0;
    double lowest = reference[1];
    for (double[] point : sorted) {
      if (point[1] < lowest) {
        sum += (reference[0] - point[0]) * (lowest - point[1]);
        lowest = point[1];
      }
    }
    return sum;
  }
}
