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
