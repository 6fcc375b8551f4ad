package org.hpo4j.benchmarks.convergence;

import java.util.ArrayList;
import java.util.List;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.Problems;

/** Tables of made-up runs on real problems. */
final class TestRuns {

  static final String PROBLEM = "branin";

  private TestRuns() {}

  /** Runs of one trial each on the problem. */
  static List<Run> of(String sampler, double... regrets) {
    return on(PROBLEM, sampler, regrets);
  }

  static List<Run> on(String problem, String sampler, double... regrets) {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < regrets.length; seed++) {
      runs.add(new Run(problem, sampler, seed, 0, new double[] {regrets[seed]}));
    }
    return runs;
  }

  /** A table of these runs of the samplers a, b and c. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  static RegretTable table(List<Run>... runs) {
    List<Problem> problems = Problems.all();
    return new RegretTable(
        problems, List.of("a", "b", "c"), List.of(runs).stream().flatMap(List::stream).toList());
  }
}
