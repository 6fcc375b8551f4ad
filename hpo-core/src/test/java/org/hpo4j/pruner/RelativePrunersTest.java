package org.hpo4j.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What pruners promise that compare trials with one another, beyond the contract, on histories of
 * trials in every state; and that any pruner can read another metric.
 */
class RelativePrunersTest {

  private static final int STUDIES = 300;
  private static final String METRIC = "val_acc";

  /** Those that compare trials with one another. */
  static Stream<Pruner> relative() {
    return Stream.of(
        new MedianPruner(1, 0),
        PercentilePruner.of(25).withStartupTrials(2).withIntervalSteps(2),
        SuccessiveHalvingPruner.of(1).withReductionFactor(2),
        HyperbandPruner.of(9),
        WilcoxonPruner.ofDefaults().withPThreshold(0.3),
        PatientPruner.of(new MedianPruner(1, 0), 2));
  }

  static Stream<Pruner> all() {
    return Stream.concat(relative(), Stream.of(ThresholdPruner.between(-1, 1), Pruner.none()));
  }

  /** Twelve trials in any state, the last of them running, with up to nine reports each. */
  private static TrialTable study(long seed, Direction direction, String metric, double sign) {
    SplittableRandom random = new SplittableRandom(seed);
    TrialTable table = new TrialTable(List.of(direction));
    for (int trial = 0; trial < 12; trial++) {
      table.add();
      int reports = 1 + random.nextInt(9);
      for (int step = 1; step <= reports; step++) {
        table.report(trial, metric, step, sign * anyValue(random));
      }
      int kind = trial == 11 ? 0 : random.nextInt(6);
      switch (kind) {
        case 0 -> table.setState(trial, TrialState.RUNNING, Optional.empty());
        case 1 -> table.finish(trial, Outcome.pruned(), Optional.empty());
        case 2 ->
            table.finish(
                trial, Outcome.failed(FailureReason.EXCEPTION, "failed"), Optional.empty());
        default ->
            table.finish(trial, Outcome.completed(sign * random.nextInt(3)), Optional.empty());
      }
    }
    return table;
  }

  private static double anyValue(SplittableRandom random) {
    return switch (random.nextInt(20)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      default -> random.nextInt(-3, 4);
    };
  }

  private static boolean prunes(Pruner pruner, TrialTable table, int trial, String metric) {
    return pruner.shouldPrune(TrialHistory.of(table), trial, table.reports(trial, metric));
  }

  private static boolean prunes(Pruner pruner, long seed) {
    return prunes(
        pruner, study(seed, Direction.MINIMIZE, TrialTable.OBJECTIVE, 1), 11, TrialTable.OBJECTIVE);
  }

  @ParameterizedTest
  @MethodSource("relative")
  void givesUpSomeAndKeepsSome(Pruner pruner) {
    assertThat(Stream.iterate(0L, seed -> seed + 1).limit(STUDIES).map(s -> prunes(pruner, s)))
        .contains(true, false);
  }

  @ParameterizedTest
  @MethodSource("relative")
  void neverGivesUpTheOnlyTrial(Pruner pruner) {
    for (int reports = 1; reports <= 9; reports++) {
      double[] values = new SplittableRandom(reports).doubles(reports, -5, 5).toArray();
      assertThat(Reports.minimized().prunes(pruner, values)).isFalse();
    }
  }

  /** The median of six trials, half at one infinity and half at the other, is no number. */
  @Test
  void betweenTheInfinitiesOnlyTheWorseIsGivenUp() {
    Reports reports = Reports.minimized();
    for (int i = 0; i < 3; i++) {
      reports.complete(Double.NEGATIVE_INFINITY).complete(Double.POSITIVE_INFINITY);
    }
    Pruner median = PercentilePruner.of(50).withStartupTrials(1);
    assertThat(reports.prunes(median, Double.POSITIVE_INFINITY)).isTrue();
    assertThat(reports.prunes(median, 3)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("relative")
  void directionIsOnlyASign(Pruner pruner) {
    for (long seed = 0; seed < STUDIES; seed++) {
      TrialTable negated = study(seed, Direction.MAXIMIZE, TrialTable.OBJECTIVE, -1);
      assertThat(prunes(pruner, negated, 11, TrialTable.OBJECTIVE)).isEqualTo(prunes(pruner, seed));
    }
  }

  /** The objective here says the opposite of the metric. */
  @ParameterizedTest
  @MethodSource("relative")
  void canReadAnotherMetric(Pruner pruner) {
    Pruner onMetric = pruner.onMetric(METRIC, Direction.MAXIMIZE);
    assertThat(onMetric.metric()).isEqualTo(METRIC);
    assertThat(onMetric.describe()).isEqualTo(pruner.describe() + ".onMetric(val_acc, maximize)");
    boolean pruned = false;
    boolean kept = false;
    for (long seed = 0; seed < STUDIES; seed++) {
      TrialTable table = study(seed, Direction.MINIMIZE, METRIC, -1);
      TrialTable objective = study(seed, Direction.MINIMIZE, TrialTable.OBJECTIVE, 1);
      for (int trial = 0; trial < 12; trial++) {
        table.report(trial, TrialTable.OBJECTIVE, 1, trial);
      }
      boolean prunes = prunes(onMetric, table, 11, METRIC);
      pruned |= prunes;
      kept |= !prunes;
      if (!(pruner instanceof WilcoxonPruner)) {
        // That one takes the mean report where a metric has no value.
        assertThat(prunes).isEqualTo(prunes(pruner, objective, 11, TrialTable.OBJECTIVE));
      }
    }
    assertThat(pruned).isTrue();
    assertThat(kept).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void readsOneMetricOnly(Pruner pruner) {
    Pruner onMetric = pruner.onMetric(METRIC, Direction.MAXIMIZE);
    assertThatIllegalStateException()
        .isThrownBy(() -> onMetric.onMetric("loss", Direction.MINIMIZE))
        .withMessageEndingWith("cannot read 'loss': it reads 'val_acc'");
  }
}
