package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.Problems;
import org.junit.jupiter.api.Test;

class OwnContenderTest {

  @Test
  void aRunIsRepeatable() {
    Problem problem = Problems.named("cond");
    assertThat(OwnContender.TPE.run(problem, 5, 30))
        .containsExactly(OwnContender.TPE.run(problem, 5, 30));
  }

  @Test
  void runsOfDifferentSeedsDiffer() {
    Problem problem = Problems.named("hartmann6");
    assertThat(OwnContender.RANDOM.run(problem, 0, 5))
        .isNotEqualTo(OwnContender.RANDOM.run(problem, 1, 5));
  }
}
