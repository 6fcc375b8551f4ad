package org.hpo4j.sampler.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.uniform;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static final Configuration ANY =
      Configuration.builder().set(uniform("x", 0, 1), 0.5).build();

  private final TrialTable table = Histories.table();
  private final Split split = new Split();

  private void fit(int below) {
    TpeSettings settings = TpeSettings.DEFAULTS.withGamma(0.999, below);
    split.fit(TrialHistory.of(table), settings, trial -> true);
  }

  private int[] below() {
    return Arrays.copyOf(split.below(), split.belowCount());
  }

  private int[] above() {
    return Arrays.copyOf(split.above(), split.aboveCount());
  }

  @Test
  void prunedTrialsRankAfterCompleteOnesByHowFarTheyCame() {
    int prunedEarly = Histories.prune(table, ANY, 1);
    int unreported = Histories.prune(table, ANY);
    int prunedLate = Histories.prune(table, ANY, 9, 9);
    int prunedLateBetter = Histories.prune(table, ANY, 9, 8);
    int infinite = Histories.complete(table, ANY, Double.POSITIVE_INFINITY);
    int best = Histories.complete(table, ANY, -1);
    fit(6);
    assertThat(below())
        .containsExactly(best, infinite, prunedLateBetter, prunedLate, prunedEarly, unreported);
  }

  @Test
  void trialsThatViolateAConstraintRankLastByHowMuch() {
    int far = Histories.complete(table, ANY, 1);
    int near = Histories.complete(table, ANY, 2);
    int feasible = Histories.complete(table, ANY, 3);
    int pruned = Histories.prune(table, ANY, 9);
    constrain(far, 2);
    constrain(near, 0.5);
    constrain(feasible, 0);
    constrain(pruned, Double.POSITIVE_INFINITY);
    fit(4);
    assertThat(below()).containsExactly(feasible, pruned, near, far);
  }

  private void constrain(int trial, double value) {
    table.setSystemAttribute(trial, TrialTable.CONSTRAINTS, List.of(value));
  }

  @Test
  void equalTrialsStayInTheirOrder() {
    for (int i = 0; i < 4; i++) {
      Histories.complete(table, ANY, 1);
    }
    fit(2);
    assertThat(below()).containsExactly(0, 1);
    assertThat(above()).containsExactly(2, 3);
  }

  @Test
  void failedAndRunningTrialsAreAboveAndNotCounted() {
    Histories.fail(table, ANY);
    Histories.run(table, ANY);
    Histories.complete(table, ANY, 1);
    Histories.complete(table, ANY, 2);
    fit(1);
    assertThat(split.ranked()).isEqualTo(2);
    assertThat(below()).containsExactly(2);
    assertThat(above()).containsExactly(0, 1, 3);
  }

  @Test
  void theBestAreTheFirstOfTheSortedTrials() {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = random.doubles(500).map(v -> Math.rint(50 * v)).toArray();
    for (double value : values) {
      Histories.complete(table, ANY, value);
    }
    fit(25);
    int[] sorted =
        IntStream.range(0, 500)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    assertThat(below()).containsExactly(Arrays.copyOf(sorted, 25));
    assertThat(above()).containsExactly(Arrays.stream(sorted).skip(25).sorted().toArray());
  }

  @Test
  void weightsFallWithTheRankAndSumToTheNumberOfTrials() {
    double[] weights = new double[25];
    TpeSettings.weigh(25, weights);
    assertThat(weights).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(Arrays.stream(weights).sum())
        .isCloseTo(25, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(weights[24]).isPositive();
  }

  @Test
  void theBestAreAShareOfTheRankedTrialsUpToALimit() {
    assertThat(TpeSettings.DEFAULTS.below(1)).isEqualTo(1);
    assertThat(TpeSettings.DEFAULTS.below(11)).isEqualTo(3);
    assertThat(TpeSettings.DEFAULTS.below(100_000)).isEqualTo(25);
  }
}
