package org.hpo4j.math;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Wilcoxon's signed-rank test, with ties and zeros.
 *
 * <p>Notation: d_i the differences of n pairs, r_i the rank of |d_i| among all of them, from 1,
 * equal ones sharing the mean of their ranks; T the sum of the r_i with d_i &gt; 0. Zeros take part
 * in the ranking, and half of their ranks counts for either side (scipy's {@code zsplit}): a
 * constant, which is left out of T here. If positive and negative differences of the same size are
 * equally likely, each nonzero d_i adds r_i to T with probability 1/2. So, over the nonzero d_i,
 *
 * <pre>
 *   E T = sum r_i / 2,   Var T = sum r_i^2 / 4
 * </pre>
 *
 * <p>Up to {@value #MOST_EXACT} pairs the law of T is counted out, whatever ties there are; above,
 * it is taken as normal, without a correction for continuity.
 *
 * <p>Source: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945).
 */
public final class SignedRank {

  /** As in scipy; the counts of 2^50 sign patterns are exact in a double. */
  static final int MOST_EXACT = 50;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private SignedRank() {}

  /**
   * The probability of differences that lie at least as far above 0 as these, if they were as
   * likely to lie above as below.
   *
   * @param differences none of them NaN; infinite ones are larger than all others
   * @return in (0, 1]; 1 if no difference is nonzero
   */
  public static double greater(double[] differences) {
    int[] ranks = doubledRanks(differences);
    int[] nonzero =
        IntStream.range(0, ranks.length)
            .filter(i -> differences[i] != 0)
            .map(i -> ranks[i])
            .toArray();
    long doubled = 0;
    for (int i = 0; i < ranks.length; i++) {
      doubled += differences[i] > 0 ? ranks[i] : 0;
    }
    if (nonzero.length == 0) {
      return 1;
    }
    return ranks.length <= MOST_EXACT ? exact(nonzero, (int) doubled) : normal(nonzero, doubled);
  }

  /** Twice the ranks: integers also where ranks are shared. */
  private static int[] doubledRanks(double[] differences) {
    Integer[] order = new Integer[differences.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> Math.abs(differences[i])));
    int[] ranks = new int[order.length];
    for (int first = 0; first < order.length; ) {
      int next = first + 1;
      while (next < order.length
          && Math.abs(differences[order[next]]) == Math.abs(differences[order[first]])) {
        next++;
      }
      // The mean of the ranks first + 1 to next, times two.
      for (int i = first; i < next; i++) {
        ranks[order[i]] = first + 1 + next;
      }
      first = next;
    }
    return ranks;
  }

  /** The share of sign patterns that reach the sum. */
  private static double exact(int[] ranks, int sum) {
    double[] patterns = new double[IntStream.of(ranks).sum() + 1];
    patterns[0] = 1;
    for (int rank : ranks) {
      for (int reached = patterns.length - 1; reached >= rank; reached--) {
        patterns[reached] += patterns[reached - rank];
      }
    }
    double count = 0;
    for (int reached = sum; reached < patterns.length; reached++) {
      count += patterns[reached];
    }
    return Math.scalb(count, -ranks.length);
  }

  private static double normal(int[] ranks, long sum) {
    double mean = 0;
    double variance = 0;
    for (int rank : ranks) {
      mean += rank / 2.0;
      variance += (double) rank * rank / 4;
    }
    return NORMAL.survivalProbability((sum - mean) / Math.sqrt(variance));
  }
}
