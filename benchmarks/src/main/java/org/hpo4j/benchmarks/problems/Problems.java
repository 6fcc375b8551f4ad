package org.hpo4j.benchmarks.problems;

import java.util.List;

/** All problems, by name. */
public final class Problems {

  private static final List<Problem> ALL =
      List.of(
          Branin.problem(),
          Hartmann6.problem(),
          Rosenbrock5.problem(),
          Ackley10.problem(),
          Levy8.problem(),
          Mixed8.problem(),
          Conditional.problem(),
          NoisyInteger.problem());

  private Problems() {}

  /** All problems, in the order of the tables. */
  public static List<Problem> all() {
    return ALL;
  }

  /** The problems of a set. */
  public static List<Problem> of(ProblemSet set) {
    return ALL.stream().filter(problem -> problem.set() == set).toList();
  }

  /**
   * The problems of these names, each once. The name of a set stands for all its problems, {@code
   * development} for all that are not held out.
   *
   * @throws IllegalArgumentException if there is no problem or set of a name
   */
  public static List<Problem> select(List<String> names) {
    return names.stream().flatMap(name -> select(name).stream()).distinct().toList();
  }

  private static List<Problem> select(String name) {
    if (name.equals("development")) {
      return ALL.stream().filter(problem -> problem.set() != ProblemSet.HELD_OUT).toList();
    }
    for (ProblemSet set : ProblemSet.values()) {
      if (set.label().equals(name)) {
        return of(set);
      }
    }
    return List.of(named(name));
  }

  /**
   * The problem of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Problem named(String name) {
    return ALL.stream()
        .filter(problem -> problem.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no problem '" + name + "'; there are " + ALL));
  }
}
