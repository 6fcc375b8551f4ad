package org.hpo4j.benchmarks.convergence;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction for several tests: rejecting where the adjusted p-value is at most
 * alpha keeps the probability of any false rejection at most alpha, whatever the dependence of the
 * tests.
 *
 * <p>Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal
 * of Statistics 6 (1979). With m p-values in ascending order, the i-th (from 1) becomes the maximum
 * over j up to i of (m - j + 1) p_j, at most 1.
 */
final class HolmCorrection {

  private HolmCorrection() {}

  /** The adjusted p-values, each at the place of its own. */
  static double[] adjust(double[] pValues) {
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double highest = 0;
    for (int rank = 0; rank < ascending.length; rank++) {
      double scaled = (pValues.length - rank) * pValues[ascending[rank]];
      highest = Math.max(highest, Math.min(1, scaled));
      adjusted[ascending[rank]] = highest;
    }
    return adjusted;
  }
}
