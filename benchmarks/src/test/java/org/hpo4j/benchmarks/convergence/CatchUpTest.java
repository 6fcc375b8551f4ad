package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.Problems;
import org.junit.jupiter.api.Test;

class CatchUpTest {

  private static final List<Problem> PROBLEMS = List.of(Problems.named("branin"));

  @Test
  void theFirstLengthThatReachesTheTarget() {
    RegretTable table = table(run("hpo4j-a", 9, 5, 5, 3, 2));
    assertThat(CatchUp.length(table, "branin", "hpo4j-a", 5, 5)).hasValue(2);
    assertThat(CatchUp.length(table, "branin", "hpo4j-a", 4.9, 5)).hasValue(4);
    assertThat(CatchUp.length(table, "branin", "hpo4j-a", 9, 5)).hasValue(1);
  }

  @Test
  void aTargetMayNeverBeReached() {
    RegretTable table = table(run("hpo4j-a", 9, 5, 5, 3, 2));
    assertThat(CatchUp.length(table, "branin", "hpo4j-a", 1.9, 5)).isEmpty();
  }

  @Test
  void theTargetIsTheBestPeersEnd() {
    RegretTable table =
        table(run("hpo4j-a", 9, 4, 3), run("slow", 9, 9, 8), run("better", 9, 6, 4));
    assertThat(CatchUp.report(table, 3)).endsWith("| branin | better | 4 | 2 (0.667) |\n");
  }

  private static RegretTable table(Run... runs) {
    return new RegretTable(PROBLEMS, List.of("hpo4j-a", "slow", "better"), List.of(runs));
  }

  private static Run run(String sampler, double... regrets) {
    return new Run("branin", sampler, 0, 0, regrets);
  }
}
