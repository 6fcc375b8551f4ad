package org.hpo4j.benchmarks.convergence;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Whether a sampler has lower regrets than another on one problem.
 *
 * @param problem the problem's name
 * @param probabilityLower the share of pairs of runs in which the first sampler's regret is lower,
 *     ties counting half: 0.5 for equal samplers
 * @param pValue of the one-sided Mann-Whitney test that the first sampler's regrets are lower
 * @param adjustedPValue the same after Holm's correction over all problems
 */
record Comparison(String problem, double probabilityLower, double pValue, double adjustedPValue) {

  /** The probability of any false alarm in a table that is accepted. */
  static final double ALPHA = 0.05;

  boolean isSignificant() {
    return adjustedPValue <= ALPHA;
  }

  /**
   * Compares two samplers on all problems that both ran on.
   *
   * @param trials after how many trials
   */
  static List<Comparison> of(RegretTable table, String sampler, String baseline, int trials) {
    List<String> problems = new ArrayList<>();
    List<Double> lower = new ArrayList<>();
    List<Double> pValues = new ArrayList<>();
    for (String problem : table.problems()) {
      double[] own = table.regrets(problem, sampler, trials);
      double[] other = table.regrets(problem, baseline, trials);
      if (own.length > 0 && other.length > 0) {
        var test =
            MannWhitneyUTest.withDefaults().with(AlternativeHypothesis.LESS_THAN).test(own, other);
        problems.add(problem);
        // U counts the pairs in which the first sample is the higher one.
        lower.add(1 - test.getStatistic() / ((double) own.length * other.length));
        pValues.add(test.getPValue());
      }
    }
    double[] adjusted =
        HolmCorrection.adjust(pValues.stream().mapToDouble(Double::doubleValue).toArray());
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      comparisons.add(new Comparison(problems.get(i), lower.get(i), pValues.get(i), adjusted[i]));
    }
    return comparisons;
  }
}
