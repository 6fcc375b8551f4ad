package org.hpo4j.math;

import java.util.Arrays;

/**
 * Order among points of several objectives, all to be minimized.
 *
 * <p>A point dominates another if it is at least as good in every objective and better in one. The
 * points that none dominates are the Pareto front, of rank 0; those that only they dominate have
 * rank 1, and so on (Deb, Pratap, Agarwal and Meyarivan, "A fast and elitist multiobjective genetic
 * algorithm: NSGA-II", IEEE Transactions on Evolutionary Computation 6(2), 2002, section III).
 */
public final class NonDominated {

  /** The rank of points behind those that were asked for. */
  public static final int UNRANKED = Integer.MAX_VALUE;

  private NonDominated() {}

  /** Whether a is at least as good as b everywhere, and better somewhere; never if one is NaN. */
  public static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (!(a[i] <= b[i])) {
        return false;
      }
      better |= a[i] < b[i];
    }
    return better;
  }

  /** The rank of each point. */
  public static int[] ranks(double[][] points) {
    return ranks(points, points.length);
  }

  /**
   * The ranks of the best points.
   *
   * @param atLeast how many points need a rank; all points of equal rank have it
   * @return by point its rank, or {@link #UNRANKED}
   */
  public static int[] ranks(double[][] points, int atLeast) {
    int[] ranks = new int[points.length];
    Arrays.fill(ranks, UNRANKED);
    Integer[] order = new Integer[points.length];
    Arrays.setAll(order, i -> i);
    // A point comes after those that dominate it, so one pass over a front's members decides.
    Arrays.sort(order, (i, j) -> Arrays.compare(points[i], points[j]));
    int[] front = new int[points.length];
    int ranked = 0;
    for (int rank = 0; ranked < Math.min(atLeast, points.length); rank++) {
      int members = 0;
      for (int i : order) {
        if (ranks[i] == UNRANKED && !isDominated(points, i, front, members)) {
          ranks[i] = rank;
          front[members++] = i;
        }
      }
      ranked += members;
    }
    return ranks;
  }

  private static boolean isDominated(double[][] points, int i, int[] front, int members) {
    for (int k = 0; k < members; k++) {
      if (dominates(points[front[k]], points[i])) {
        return true;
      }
    }
    return false;
  }

  /**
   * The crowding distance of each point of a front: the sum over the objectives of the distance
   * between its two neighbours, in units of the front's range; infinite at the ends (Deb et al.
   * 2002, section III.B). Infinite values count as the ends of the finite ones.
   *
   * @param points all points
   * @param front the indices of those that count
   * @return a distance an entry of the front
   */
  public static double[] crowding(double[][] points, int[] front) {
    double[] distances = new double[front.length];
    if (front.length == 0) {
      return distances;
    }
    Integer[] order = new Integer[front.length];
    for (int objective = 0; objective < points[front[0]].length; objective++) {
      int m = objective;
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (i, j) -> Double.compare(points[front[i]][m], points[front[j]][m]));
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i : front) {
        if (Double.isFinite(points[i][m])) {
          low = Math.min(low, points[i][m]);
          high = Math.max(high, points[i][m]);
        }
      }
      distances[order[0]] = Double.POSITIVE_INFINITY;
      distances[order[front.length - 1]] = Double.POSITIVE_INFINITY;
      for (int k = 1; k < front.length - 1 && low < high; k++) {
        double before = Math.max(low, Math.min(high, points[front[order[k - 1]]][m]));
        double after = Math.max(low, Math.min(high, points[front[order[k + 1]]][m]));
        distances[order[k]] += (after - before) / (high - low);
      }
    }
    return distances;
  }
}
