package org.hpo4j.benchmarks.convergence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samplers ranked by their median regret on each problem, from 1 for the lowest; equal medians
 * share the mean of their ranks. The mean goes over the problems on which all samplers ran.
 */
final class MeanRanks {

  private MeanRanks() {}

  static Map<String, Double> of(RegretTable table, List<String> samplers, int trials) {
    Map<String, Double> sums = new LinkedHashMap<>();
    int problems = 0;
    for (String problem : table.problems()) {
      double[] medians =
          samplers.stream().mapToDouble(s -> table.median(problem, s, trials)).toArray();
      if (!hasNaN(medians)) {
        problems++;
        for (int i = 0; i < medians.length; i++) {
          sums.merge(samplers.get(i), rank(medians, i), Double::sum);
        }
      }
    }
    int count = problems;
    sums.replaceAll((sampler, sum) -> sum / count);
    return sums;
  }

  private static boolean hasNaN(double[] values) {
    for (double value : values) {
      if (Double.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** One more than the lower values, and half for each other equal one. */
  static double rank(double[] values, int index) {
    double rank = 1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] < values[index]) {
        rank++;
      } else if (i != index && values[i] == values[index]) {
        rank += 0.5;
      }
    }
    return rank;
  }
}
