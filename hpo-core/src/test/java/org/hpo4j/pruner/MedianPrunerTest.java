package org.hpo4j.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;

class MedianPrunerTest {

  private static final Pruner PRUNER = new MedianPruner(1, 0);

  /** A completed trial that reported 1, and a running one with these reports. */
  private static boolean prunes(double... reports) {
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    int other = table.add();
    for (int step = 0; step < reports.length; step++) {
      table.report(other, TrialTable.OBJECTIVE, step, 1);
    }
    table.finish(other, Outcome.completed(1), Optional.empty());
    int trial = table.add();
    table.setState(trial, TrialState.RUNNING, Optional.empty());
    for (int step = 0; step < reports.length; step++) {
      table.report(trial, TrialTable.OBJECTIVE, step, reports[step]);
    }
    return PRUNER.shouldPrune(
        TrialHistory.of(table), trial, table.reports(trial, TrialTable.OBJECTIVE));
  }

  @Test
  void givesUpWhatIsWorseThanTheMedian() {
    assertThat(prunes(2)).isTrue();
    assertThat(prunes(0.5)).isFalse();
  }

  @Test
  void anEarlierReportThatWasBetterKeepsATrial() {
    assertThat(prunes(0.5, 2)).isFalse();
  }

  @Test
  void aReportThatIsNotANumberGivesNothingUp() {
    assertThat(prunes(Double.NaN)).isFalse();
    assertThat(prunes(2, Double.NaN)).isFalse();
  }
}
