package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeanRanksTest {

  @Test
  void theLowestMedianIsFirst() {
    RegretTable table =
        TestRuns.table(
            TestRuns.of("a", 5, 5, 5), TestRuns.of("b", 0, 6, 9), TestRuns.of("c", 1, 2, 99));
    assertThat(MeanRanks.of(table, List.of("a", "b", "c"), 1))
        .isEqualTo(Map.of("c", 1.0, "a", 2.0, "b", 3.0));
  }

  @Test
  void equalMediansShareTheirRanks() {
    assertThat(MeanRanks.rank(new double[] {1, 1, 0, 1}, 0)).isEqualTo(3);
  }

  @Test
  void onlyProblemsThatAllSamplersRanOnCount() {
    RegretTable table =
        TestRuns.table(
            TestRuns.on("branin", "a", 2),
            TestRuns.on("branin", "b", 1),
            TestRuns.on("cond", "a", 1),
            TestRuns.on("levy8", "a", 1),
            TestRuns.on("levy8", "b", 2));
    assertThat(MeanRanks.of(table, List.of("a", "b"), 1)).isEqualTo(Map.of("a", 1.5, "b", 1.5));
  }
}
