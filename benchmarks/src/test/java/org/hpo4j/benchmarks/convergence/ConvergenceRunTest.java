package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.Problems;
import org.junit.jupiter.api.Test;

class ConvergenceRunTest {

  @Test
  void withoutNoiseTheRegretNeverRises() {
    double[] curve = ConvergenceRun.curve(Problems.named("branin"), Contender.RANDOM, 3, 40);
    assertThat(IntStream.range(1, curve.length)).allMatch(t -> curve[t] <= curve[t - 1]);
  }

  @Test
  void underNoiseTheIncumbentIsTheLowestObservedNotTheLowest() {
    Problem problem = Problems.named("noisyint");
    assertThat(IntStream.range(0, 20))
        .anyMatch(
            seed -> {
              double[] curve = ConvergenceRun.curve(problem, Contender.RANDOM, seed, 40);
              return IntStream.range(1, curve.length).anyMatch(t -> curve[t] > curve[t - 1]);
            });
  }

  @Test
  void aRunIsRepeatable() {
    Problem problem = Problems.named("cond");
    assertThat(ConvergenceRun.curve(problem, Contender.TPE, 5, 30))
        .containsExactly(ConvergenceRun.curve(problem, Contender.TPE, 5, 30));
  }

  @Test
  void runsOfDifferentSeedsDiffer() {
    Problem problem = Problems.named("hartmann6");
    assertThat(ConvergenceRun.curve(problem, Contender.RANDOM, 0, 5))
        .isNotEqualTo(ConvergenceRun.curve(problem, Contender.RANDOM, 1, 5));
  }

  @Test
  void aCheckpointIsAPointOfTheCurve() {
    Problem problem = Problems.named("levy8");
    double[] curve = ConvergenceRun.curve(problem, Contender.RANDOM, 7, 12);
    assertThat(
            ConvergenceRun.all(List.of(problem), List.of(Contender.RANDOM), 1, 7, List.of(5, 12)))
        .containsExactly(
            new Regret("levy8", "hpo4j-random", 7, 5, curve[4]),
            new Regret("levy8", "hpo4j-random", 7, 12, curve[11]));
  }
}
