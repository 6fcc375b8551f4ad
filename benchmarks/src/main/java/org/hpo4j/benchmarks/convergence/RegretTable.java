package org.hpo4j.benchmarks.convergence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.statistics.descriptive.Quantile;
import org.hpo4j.benchmarks.problems.Problem;

/** Runs by problem and sampler, in a given order of both. */
final class RegretTable {

  private record Cell(String problem, String sampler) {}

  private final List<String> problems;
  private final List<String> samplers;
  private final Map<String, Double> resolutions = new HashMap<>();
  private final Map<Cell, List<Run>> cells = new HashMap<>();

  /** A table of the runs on these problems; one without any run is left out, a sampler too. */
  RegretTable(List<Problem> problems, List<String> samplers, List<Run> runs) {
    problems.forEach(problem -> resolutions.put(problem.name(), problem.resolution()));
    Set<String> seen = new HashSet<>();
    for (Run run : runs) {
      if (resolutions.containsKey(run.problem())) {
        cells
            .computeIfAbsent(new Cell(run.problem(), run.sampler()), unused -> new ArrayList<>())
            .add(run);
        seen.add(run.problem());
        seen.add(run.sampler());
      }
    }
    this.problems = problems.stream().map(Problem::name).filter(seen::contains).toList();
    this.samplers = samplers.stream().filter(seen::contains).toList();
  }

  List<String> problems() {
    return problems;
  }

  /** Below which regrets of the problem count as equal in ratios. */
  double resolution(String problem) {
    return Objects.requireNonNull(resolutions.get(problem), problem);
  }

  List<String> samplers() {
    return samplers;
  }

  List<Run> runs(String problem, String sampler) {
    return cells.getOrDefault(new Cell(problem, sampler), List.of());
  }

  /** The regrets of all runs; none if the sampler did not run on the problem. */
  double[] regrets(String problem, String sampler, int trials) {
    return runs(problem, sampler).stream().mapToDouble(run -> run.after(trials)).toArray();
  }

  /**
   * A quantile of the regrets of all runs, of type 8 of Hyndman and Fan; NaN without runs.
   *
   * @param probability 0.5 for the median
   */
  double quantile(String problem, String sampler, int trials, double probability) {
    return Quantile.withDefaults().evaluate(regrets(problem, sampler, trials), probability);
  }

  double median(String problem, String sampler, int trials) {
    return quantile(problem, sampler, trials, 0.5);
  }
}
