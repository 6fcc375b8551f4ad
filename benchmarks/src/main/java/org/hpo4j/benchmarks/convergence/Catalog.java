package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hpo4j.benchmarks.lcbench.LcBench;
import org.hpo4j.benchmarks.lcbench.LcBenchTask;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.ProblemSet;
import org.hpo4j.benchmarks.problems.Problems;

/** All problems that there are: the built-in ones, and LCBench's where its surrogate is. */
final class Catalog implements AutoCloseable {

  private static final List<String> SETS_WITH_LCBENCH =
      List.of("development", ProblemSet.LCBENCH.label());

  private final Optional<LcBench> surrogate;

  private Catalog(Optional<LcBench> surrogate) {
    this.surrogate = surrogate;
  }

  /**
   * A catalog.
   *
   * @param lcbench the folder of the surrogate
   * @throws IOException if the folder is given and has none
   */
  static Catalog open(Optional<Path> lcbench) throws IOException {
    return new Catalog(
        lcbench.isPresent() ? Optional.of(LcBench.open(lcbench.get())) : Optional.empty());
  }

  /** The trainings; none without the surrogate. */
  EpochTasks trainings() {
    return new EpochTasks(surrogate.map(LcBenchTask::all).orElse(List.of()));
  }

  /**
   * The problems of these names or sets, each once.
   *
   * @throws IllegalArgumentException if there is none of a name
   */
  List<Problem> select(List<String> names) {
    List<Problem> trainings = trainings().problems();
    return names.stream()
        .flatMap(
            name -> {
              List<Problem> named =
                  trainings.stream()
                      .filter(p -> p.name().equals(name) || SETS_WITH_LCBENCH.contains(name))
                      .toList();
              boolean onlyTrainings =
                  LcBenchTask.names().contains(name) || name.equals(ProblemSet.LCBENCH.label());
              List<Problem> builtIn = onlyTrainings ? List.of() : Problems.select(List.of(name));
              return Stream.concat(builtIn.stream(), named.stream());
            })
        .distinct()
        .toList();
  }

  /** What is asked for but absent, in words. */
  Optional<String> missing(List<String> names) {
    boolean wanted =
        names.stream()
            .anyMatch(n -> SETS_WITH_LCBENCH.contains(n) || LcBenchTask.names().contains(n));
    return wanted && surrogate.isEmpty()
        ? Optional.of(
            "LCBench is left out: give the folder of its surrogate by --lcbench or "
                + LcBench.VARIABLE)
        : Optional.empty();
  }

  /** Frees the surrogate. */
  @Override
  public void close() {
    surrogate.ifPresent(LcBench::close);
  }
}
