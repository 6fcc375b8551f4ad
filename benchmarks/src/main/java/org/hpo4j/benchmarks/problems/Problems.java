package org.hpo4j.benchmarks.problems;

import java.util.List;
import java.util.stream.Stream;

/** All problems, by name. */
public final class Problems {

  private static final List<Problem> ALL =
      Stream.of(classic(), BbobProblems.development(), spaces(), BbobProblems.heldOut(), heldOut())
          .flatMap(problems -> problems)
          .toList();

  private Problems() {}

  private static Stream<Problem> classic() {
    return Stream.of(
        Branin.problem(),
        Hartmann6.problem(),
        Rosenbrock5.problem(),
        Ackley10.problem(),
        Levy8.problem(),
        Mixed8.problem(),
        Conditional.problem(),
        NoisyInteger.problem());
  }

  private static Stream<Problem> spaces() {
    return Stream.of(
        Nominal.problem("nominal", ProblemSet.SPACES, new int[] {6, 4, 12}, 2),
        Nested.problem(),
        Integers.problem("integers", ProblemSet.SPACES, 6, 0),
        Hartmann6.problem().withNoise("noisy-hartmann6", ProblemSet.SPACES, 0.1),
        Mixed8.problem().withNoise("noisy-mixed8", ProblemSet.SPACES, 0.02));
  }

  private static Stream<Problem> heldOut() {
    return Stream.of(
        Nominal.problem("nominal-held-out", ProblemSet.HELD_OUT, new int[] {8, 5, 3, 10}, 3),
        Classifiers.problem(),
        Integers.problem("integers-held-out", ProblemSet.HELD_OUT, 8, 0.05),
        Levy8.problem().withNoise("noisy-levy8", ProblemSet.HELD_OUT, 1));
  }

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
