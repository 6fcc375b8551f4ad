package org.hpo4j.benchmarks.convergence;

import java.util.List;
import org.hpo4j.benchmarks.lcbench.LcBenchTask;
import org.hpo4j.benchmarks.problems.Problem;

/**
 * Trainings by problem.
 *
 * @param all the trainings
 */
record EpochTasks(List<LcBenchTask> all) {

  EpochTasks {
    all = List.copyOf(all);
  }

  List<Problem> problems() {
    return all.stream().map(LcBenchTask::problem).toList();
  }

  /** The training whose problem this is. */
  LcBenchTask of(Problem problem) {
    return all.stream()
        .filter(task -> task.name().equals(problem.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(problem + " has no epochs"));
  }
}
