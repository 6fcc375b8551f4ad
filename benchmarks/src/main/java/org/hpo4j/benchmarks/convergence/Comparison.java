package org.hpo4j.benchmarks.convergence;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * A sampler beside another on one problem.
 *
 * @param problem the problem's name
 * @param probabilityLower the share of pairs of runs in which the first sampler's regret is lower,
 *     ties counting half: 0.5 for equal samplers
 * @param better the p-value of the one-sided Mann-Whitney test that the first sampler's regrets are
 *     lower, after Holm's correction over all problems
 * @param worse the same for higher
 * @param ratio the first sampler's median regret by the other's, each taken as at least the
 *     problem's resolution
 */
record Comparison(
    String problem, double probabilityLower, double better, double worse, double ratio) {

  /** The probability of any false alarm in a table that is accepted. */
  static final double ALPHA = 0.05;

  boolean isBetter() {
    return better <= ALPHA;
  }

  boolean isWorse() {
    return worse <= ALPHA;
  }

  /**
   * Compares two samplers on all problems that both ran on.
   *
   * @param trials after how many trials
   */
  static List<Comparison> of(RegretTable table, String sampler, String other, int trials) {
    List<String> problems =
        table.problems().stream()
            .filter(p -> !table.runs(p, sampler).isEmpty() && !table.runs(p, other).isEmpty())
            .toList();
    double[] lower = new double[problems.size()];
    double[] better = new double[problems.size()];
    double[] worse = new double[problems.size()];
    for (int i = 0; i < lower.length; i++) {
      double[] own = table.regrets(problems.get(i), sampler, trials);
      double[] others = table.regrets(problems.get(i), other, trials);
      lower[i] = probabilityLower(own, others);
      better[i] = pValue(own, others, AlternativeHypothesis.LESS_THAN);
      worse[i] = pValue(own, others, AlternativeHypothesis.GREATER_THAN);
    }
    double[] betterAdjusted = HolmCorrection.adjust(better);
    double[] worseAdjusted = HolmCorrection.adjust(worse);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < lower.length; i++) {
      String problem = problems.get(i);
      double ratio = ratio(table, problem, sampler, other, trials);
      comparisons.add(
          new Comparison(problem, lower[i], betterAdjusted[i], worseAdjusted[i], ratio));
    }
    return comparisons;
  }

  /** The geometric mean of the ratios; 1 for none. */
  static double geometricMean(List<Comparison> comparisons) {
    return Math.exp(comparisons.stream().mapToDouble(c -> Math.log(c.ratio())).average().orElse(0));
  }

  static double pValue(double[] own, double[] others, AlternativeHypothesis alternative) {
    return MannWhitneyUTest.withDefaults().with(alternative).test(own, others).getPValue();
  }

  private static double probabilityLower(double[] own, double[] others) {
    // U counts the pairs in which the first sample is the higher one.
    double u = MannWhitneyUTest.withDefaults().statistic(own, others);
    return 1 - u / ((double) own.length * others.length);
  }

  private static double ratio(
      RegretTable table, String problem, String sampler, String other, int trials) {
    double floor = table.resolution(problem);
    return Math.max(floor, table.median(problem, sampler, trials))
        / Math.max(floor, table.median(problem, other, trials));
  }
}
