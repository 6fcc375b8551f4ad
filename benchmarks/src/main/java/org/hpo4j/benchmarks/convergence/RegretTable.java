package org.hpo4j.benchmarks.convergence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Regrets by problem, sampler and number of trials; the names keep their order of arrival. */
final class RegretTable {

  private record Cell(String problem, String sampler, int trials) {}

  private final Map<Cell, List<Double>> cells = new LinkedHashMap<>();

  RegretTable(List<Regret> regrets) {
    for (Regret regret : regrets) {
      cells
          .computeIfAbsent(
              new Cell(regret.problem(), regret.sampler(), regret.trials()),
              unused -> new ArrayList<>())
          .add(regret.regret());
    }
  }

  List<String> problems() {
    return cells.keySet().stream().map(Cell::problem).distinct().toList();
  }

  List<String> samplers() {
    return cells.keySet().stream().map(Cell::sampler).distinct().toList();
  }

  /** After how many trials the regret is known. */
  SortedSet<Integer> checkpoints() {
    SortedSet<Integer> checkpoints = new TreeSet<>();
    cells.keySet().forEach(cell -> checkpoints.add(cell.trials()));
    return checkpoints;
  }

  /** The regrets of all runs; none if the sampler did not run on the problem. */
  double[] regrets(String problem, String sampler, int trials) {
    return cells.getOrDefault(new Cell(problem, sampler, trials), List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
