package org.hpo4j.examples.documents.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Is one of three tuners better than the others? Each repetition ranks them; Friedman's test says
 * how surprising the sums of ranks are if the tuners are alike (Friedman, "The use of ranks to
 * avoid the assumption of normality implicit in the analysis of variance", JASA 32, 1937).
 *
 * <p>The probability is exact: under the hypothesis each order within a repetition is as probable
 * as any other. Equal scores share the mean of their ranks.
 */
public final class Ranking {
  private static final int TUNERS = 3;
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  private final List<double[]> scores;

  /**
   * Scores to rank.
   *
   * @param scores for each repetition, a score for each of three tuners; high is better
   */
  public Ranking(List<double[]> scores) {
    if (scores.isEmpty() || scores.stream().anyMatch(row -> row.length != TUNERS)) {
      throw new IllegalArgumentException(
          "needs three scores of each of at least one repetition, got " + scores.size());
    }
    this.scores = List.copyOf(scores);
  }

  /** Returns a tuner's mean rank, 1 the best, 3 the worst. */
  public double meanRank(int tuner) {
    return scores.stream().mapToInt(row -> doubledRanks(row)[tuner]).average().orElseThrow() / 2;
  }

  /** Returns the probability of ranks at least as far apart if the tuners are alike. */
  public double friedmanProbability() {
    // What is left to chance is the sums of the first two tuners' ranks: the third's follow.
    Map<List<Integer>, Double> sums = Map.of(List.of(0, 0), 1.0);
    int[] seen = new int[TUNERS];
    for (double[] row : scores) {
      int[] ranks = doubledRanks(row);
      Map<List<Integer>, Double> next = new HashMap<>();
      sums.forEach(
          (sum, probability) -> {
            for (int[] order : ORDERS) {
              next.merge(
                  List.of(sum.get(0) + ranks[order[0]], sum.get(1) + ranks[order[1]]),
                  probability / ORDERS.length,
                  Double::sum);
            }
          });
      sums = next;
      for (int i = 0; i < TUNERS; i++) {
        seen[i] += ranks[i];
      }
    }
    int all = seen[0] + seen[1] + seen[2];
    long observed = squares(seen[0], seen[1], all);
    return Math.min(
        1,
        sums.entrySet().stream()
            .filter(e -> squares(e.getKey().get(0), e.getKey().get(1), all) >= observed)
            .mapToDouble(Map.Entry::getValue)
            .sum());
  }

  /** Of equal ranks in all the sum of squares is Friedman's statistic but for constants. */
  private static long squares(long first, long second, long all) {
    long third = all - first - second;
    return first * first + second * second + third * third;
  }

  /** Returns twice the ranks, so that the mean of two ranks is whole. */
  private static int[] doubledRanks(double... row) {
    int[] ranks = new int[TUNERS];
    for (int i = 0; i < TUNERS; i++) {
      ranks[i] = 2;
      for (int k = 0; k < TUNERS; k++) {
        if (k != i) {
          ranks[i] += row[k] > row[i] ? 2 : row[k] == row[i] ? 1 : 0;
        }
      }
    }
    return ranks;
  }

  /**
   * Returns mean and half width of the 95 % interval (Student's, paired by repetition) of how much
   * one tuner is ahead of another; the half width is NaN with one repetition.
   */
  public double[] lead(int tuner, int other) {
    List<Double> differences = new ArrayList<>();
    scores.forEach(row -> differences.add(row[tuner] - row[other]));
    return meanAndHalfWidth(differences);
  }

  /** Returns mean and half width of the 95 % interval (Student's) of values. */
  public static double[] meanAndHalfWidth(List<Double> values) {
    int n = values.size();
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    if (n < 2) {
      return new double[] {mean, Double.NaN};
    }
    double variance = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (n - 1);
    double quantile = TDistribution.of(n - 1).inverseCumulativeProbability(0.975);
    return new double[] {mean, quantile * Math.sqrt(variance / n)};
  }
}
