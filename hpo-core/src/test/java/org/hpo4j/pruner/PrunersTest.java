package org.hpo4j.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.hpo4j.fidelity.BracketSchedule;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;

/** The rules of the pruners, one by one. */
class PrunersTest {

  /** Ten completed trials that report 1, 2, ..., 10 at step 1. */
  private static Reports oneToTen() {
    Reports reports = Reports.minimized();
    IntStream.rangeClosed(1, 10).forEach(value -> reports.complete(value));
    return reports;
  }

  // ---- Percentile ----

  @Test
  void aPercentileIsInterpolatedLinearly() {
    // 1 + 0.25 * 9.
    assertThat(oneToTen().prunes(PercentilePruner.of(25), 3.25)).isFalse();
    assertThat(oneToTen().prunes(PercentilePruner.of(25), 3.2500001)).isTrue();
  }

  @Test
  void thePercentileOfFiftyIsTheMedian() {
    for (double value : new double[] {5, 5.5, 5.6, 6}) {
      assertThat(oneToTen().prunes(PercentilePruner.of(50), value))
          .isEqualTo(oneToTen().prunes(MedianPruner.ofDefaults(), value));
    }
  }

  @Test
  void anIntervalIsDecidedOnAtItsFirstReport() {
    Pruner everyThird =
        PercentilePruner.of(50).withStartupTrials(1).withWarmupSteps(2).withIntervalSteps(3);
    double[] worse = {2, 2, 2, 2, 2, 2, 2, 2};
    assertThat(IntStream.rangeClosed(1, 8).filter(n -> prunesAfter(everyThird, n, worse)))
        .containsExactly(2, 5, 8);
  }

  private static boolean prunesAfter(Pruner pruner, int reports, double[] values) {
    return Reports.minimized()
        .complete(1, 1, 1, 1, 1, 1, 1, 1)
        .prunes(pruner, java.util.Arrays.copyOf(values, reports));
  }

  @Test
  void infiniteReportsCountAsReports() {
    Reports reports = Reports.minimized().complete(1).complete(Double.POSITIVE_INFINITY);
    Pruner half = PercentilePruner.of(50).withStartupTrials(1);
    assertThat(reports.prunes(half, 1e300)).isFalse();
    assertThat(reports.prunes(PercentilePruner.of(1e-9).withStartupTrials(2), 2)).isFalse();
  }

  // ---- Successive halving ----

  @Test
  void oneOfEtaGoesOnBeyondARung() {
    Pruner halving = SuccessiveHalvingPruner.of(1);
    // Of eleven, the best two go on.
    assertThat(oneToTen().prunes(halving, 1.5)).isFalse();
    assertThat(oneToTen().prunes(halving, 2.5)).isTrue();
  }

  @Test
  void theBestOfFewerThanEtaGoesOn() {
    Pruner halving = SuccessiveHalvingPruner.of(1);
    assertThat(Reports.minimized().complete(2).prunes(halving, 1)).isFalse();
    assertThat(Reports.minimized().complete(2).prunes(halving, 3)).isTrue();
  }

  @Test
  void onlyTheReportThatReachesARungDecides() {
    Pruner halving = SuccessiveHalvingPruner.of(2).withReductionFactor(2);
    Reports others = Reports.minimized().complete(1, 1, 1, 1, 1).complete(1, 1, 1, 1, 1);
    assertThat(others.prunes(halving, 9)).isFalse();
    assertThat(others.prunes(halving, 9, 9)).isTrue();
    assertThat(others.prunes(halving, 9, 0, 9)).isFalse();
    assertThat(others.prunes(halving, 9, 0, 9, 9)).isTrue();
  }

  @Test
  void aStepBeyondARungStandsForIt() {
    Pruner halving = SuccessiveHalvingPruner.of(2).withReductionFactor(2);
    Reports others = Reports.minimized().complete(1, 1, 1).complete(1, 1, 1);
    assertThat(others.prunesAt(halving, 3, 9)).isTrue();
    assertThat(others.prunesAt(halving, 3, 0)).isFalse();
  }

  @Test
  void prunedTrialsHaveReachedTheirRungToo() {
    Reports others = Reports.minimized().pruned(1).pruned(2).failed(3);
    // The best of four.
    assertThat(others.prunes(SuccessiveHalvingPruner.of(1), 1.5)).isTrue();
  }

  @Test
  void aReportOfNanAtARungPutsTheDecisionOff() {
    Pruner halving = SuccessiveHalvingPruner.of(1);
    Reports others = Reports.minimized().complete(1, 1).complete(1, 1);
    assertThat(others.prunes(halving, Double.NaN)).isFalse();
    assertThat(others.prunes(halving, Double.NaN, 9)).isTrue();
  }

  // ---- Hyperband ----

  @Test
  void trialsSpreadOverTheBracketsLikeTheirFirstRungs() {
    HyperbandPruner pruner = HyperbandPruner.of(20);
    int[] counts = new int[3];
    for (int trial = 0; trial < 2200; trial++) {
      counts[pruner.bracket(trial)]++;
    }
    // 12, 6 and 4 of 22: spread evenly, not at random, so that a few may be off at most.
    assertThat(counts[0]).isBetween(1195, 1205);
    assertThat(counts[1]).isBetween(595, 605);
    assertThat(counts[2]).isBetween(395, 405);
    assertThat(IntStream.range(0, 8).map(pruner::bracket)).contains(0, 1, 2);
  }

  @Test
  void aBracketBeginsLaterThanTheOneBefore() {
    HyperbandPruner pruner = HyperbandPruner.of(20);
    Reports reports = Reports.minimized();
    IntStream.range(0, 200).forEach(i -> reports.complete(1, 1, 1, 1, 1, 1, 1, 1, 1));
    for (int trial = 200; trial < 230; trial++) {
      double[] worse = new double[9];
      java.util.Arrays.fill(worse, 2);
      int first = 1;
      while (!reports.prunes(pruner, java.util.Arrays.copyOf(worse, first))) {
        first++;
        trial++;
      }
      assertThat(first).isIn(1, 3, 9);
    }
  }

  @Test
  void describesItsSchedule() {
    assertThat(new HyperbandPruner(new BracketSchedule(2, 40, 4)).describe())
        .isEqualTo("hyperband(minResource=2, maxResource=40, reductionFactor=4)");
  }

  // ---- Threshold ----

  @Test
  void aValueOutsideTheRangeEndsTheTrial() {
    Pruner pruner = ThresholdPruner.between(0, 1).withWarmupSteps(2);
    assertThat(Reports.minimized().prunes(pruner, 0.5, 1.5)).isTrue();
    assertThat(Reports.minimized().prunes(pruner, 0.5, -0.5)).isTrue();
    assertThat(Reports.minimized().prunes(pruner, 0.5, 1)).isFalse();
    assertThat(Reports.minimized().prunes(pruner, 1.5)).isFalse();
  }

  @Test
  void thresholdsAreOfTheValueAsReported() {
    Reports accuracy = Reports.of(Direction.MAXIMIZE, "");
    assertThat(accuracy.prunes(ThresholdPruner.below(0.1), 0.05)).isTrue();
    assertThat(accuracy.prunes(ThresholdPruner.below(0.1), 0.9)).isFalse();
    assertThat(accuracy.prunes(ThresholdPruner.above(10), Double.POSITIVE_INFINITY)).isTrue();
  }

  // ---- Patient ----

  @Test
  void patienceIsOverWhenTheLastReportsBringNothing() {
    Pruner patient = PatientPruner.of(new MedianPruner(1, 0), 2);
    Reports others = Reports.minimized().complete(0, 0, 0, 0, 0);
    assertThat(others.prunes(patient, 5, 5)).isFalse();
    assertThat(others.prunes(patient, 5, 5, 5)).isTrue();
    assertThat(others.prunes(patient, 5, 4, 5)).isFalse();
    assertThat(others.prunes(patient, 5, 4, 5, 4)).isTrue();
    assertThat(others.prunes(patient, 5, 4, 5, Double.NaN, 4)).isTrue();
  }

  @Test
  void anImprovementMustExceedTheLeast() {
    Pruner patient = PatientPruner.of(new MedianPruner(1, 0), 1).withMinDelta(1);
    Reports others = Reports.minimized().complete(0, 0);
    assertThat(others.prunes(patient, 5, 4)).isTrue();
    assertThat(others.prunes(patient, 5, 3.9)).isFalse();
  }

  @Test
  void theWrappedPrunerStillDecides() {
    Pruner patient = PatientPruner.of(Pruner.none(), 1);
    assertThat(Reports.minimized().complete(0, 0, 0).prunes(patient, 5, 5, 5)).isFalse();
    assertThat(patient.describe()).isEqualTo("patient(none(), 1, minDelta=0.0)");
  }

  @Test
  void aMetricIsNamedOnTheOutside() {
    Pruner inner = MedianPruner.ofDefaults().onMetric("val_acc", Direction.MAXIMIZE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatientPruner.of(inner, 1))
        .withMessageContaining("not 'val_acc'; call onMetric on the patient pruner");
  }

  // ---- Wilcoxon ----

  @Test
  void enoughStepsWorseThanTheBestAreSignificant() {
    Reports others = Reports.minimized().completeWithValue(1, 1, 1, 1, 1).completeWithValue(9, 9);
    Pruner pruner = WilcoxonPruner.ofDefaults();
    // All of n worse have a p-value of 2^-n.
    assertThat(others.prunes(pruner, 2, 3, 4)).isFalse();
    assertThat(others.prunes(pruner, 2, 3, 4, 5)).isTrue();
    assertThat(others.prunes(pruner.onMetric("x", Direction.MINIMIZE), 2, 3, 4, 5)).isFalse();
    assertThat(others.prunes(WilcoxonPruner.ofDefaults().withStartupSteps(5), 2, 3, 4, 5))
        .isFalse();
  }

  @Test
  void aMeanAsGoodAsTheBestValueIsNotGivenUp() {
    Reports others = Reports.minimized().completeWithValue(7, 1, 1, 1, 1);
    assertThat(others.prunes(WilcoxonPruner.ofDefaults(), 2, 3, 4, 5)).isFalse();
  }

  @Test
  void stepsThatOneOfTheTwoLacksDoNotCount() {
    Reports others = Reports.minimized().completeWithValue(1, 1, Double.NaN, 1, 1);
    assertThat(others.prunes(WilcoxonPruner.ofDefaults(), 2, 3, 4, 5)).isFalse();
    assertThat(others.prunes(WilcoxonPruner.ofDefaults().withPThreshold(0.2), 2, 3, 4, 5)).isTrue();
  }

  @Test
  void aTieIsNoVerdict() {
    Reports others = Reports.minimized().completeWithValue(1, 1, 1, 1, 1, 1);
    Pruner pruner = WilcoxonPruner.ofDefaults();
    assertThat(others.prunes(pruner, 1, 1, 1, 1, 1)).isFalse();
    assertThat(others.prunes(pruner, 1, 2, 2, 2)).isFalse();
    assertThat(others.prunes(pruner, 1, 2, 2, 2, 2)).isTrue();
  }

  // ---- Settings ----

  @Test
  void refusesSettingsThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PercentilePruner.of(Double.NaN))
        .withMessage("percentile must be in (0, 100), got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MedianPruner(0, 0))
        .withMessage("startupTrials must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SuccessiveHalvingPruner.of(0))
        .withMessage("minResource must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ThresholdPruner.between(1, Double.NaN))
        .withMessageContaining("got 1.0 and NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatientPruner.of(Pruner.none(), 0))
        .withMessage("patience must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WilcoxonPruner.ofDefaults().withPThreshold(1.5))
        .withMessage("pThreshold must be in [0, 1], got 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pruner.none().onMetric(" ", Direction.MINIMIZE))
        .withMessageContaining("a metric's name must have 1 to 512 characters, not all blank");
  }
}
