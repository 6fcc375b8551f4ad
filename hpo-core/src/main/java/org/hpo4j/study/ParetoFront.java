package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;

/** Points that no other one dominates: is at least as good everywhere and better somewhere. */
final class ParetoFront {

  private ParetoFront() {}

  /**
   * The points that no other one dominates.
   *
   * @param points by objective, lower is better
   * @return their indices, ascending
   */
  static List<Integer> of(List<double[]> points) {
    List<Integer> front = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      double[] point = points.get(i);
      if (front.stream().noneMatch(other -> dominates(points.get(other), point))) {
        front.removeIf(other -> dominates(point, points.get(other)));
        front.add(i);
      }
    }
    return front;
  }

  private static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
      better |= a[i] < b[i];
    }
    return better;
  }
}
