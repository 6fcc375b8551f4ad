package org.hpo4j.pruner;

import java.util.List;
import java.util.Optional;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** A table of trials with reports at the steps 1, 2, ..., and what a pruner says of one of them. */
final class Reports {

  private final TrialTable table;
  private final String metric;

  private Reports(Direction direction, String metric) {
    this.table = new TrialTable(List.of(direction));
    this.metric = metric;
  }

  static Reports minimized() {
    return of(Direction.MINIMIZE, TrialTable.OBJECTIVE);
  }

  static Reports of(Direction direction, String metric) {
    return new Reports(direction, metric);
  }

  /** A trial that completed with its last report as its value. */
  Reports complete(double... values) {
    return completeWithValue(values[values.length - 1], values);
  }

  Reports completeWithValue(double value, double... reports) {
    table.finish(report(reports), Outcome.completed(value), Optional.empty());
    return this;
  }

  Reports pruned(double... values) {
    table.finish(report(values), Outcome.pruned(), Optional.empty());
    return this;
  }

  Reports failed(double... values) {
    Outcome failed = Outcome.failed(FailureReason.EXCEPTION, "no memory");
    table.finish(report(values), failed, Optional.empty());
    return this;
  }

  private int report(double... values) {
    int trial = table.add();
    for (int i = 0; i < values.length; i++) {
      table.report(trial, metric, i + 1, values[i]);
    }
    return trial;
  }

  /** Whether a pruner gives up a running trial after these reports. */
  boolean prunes(Pruner pruner, double... values) {
    int trial = report(values);
    table.setState(trial, TrialState.RUNNING, Optional.empty());
    return pruner.shouldPrune(TrialHistory.of(table), trial, table.reports(trial, metric));
  }

  /** Whether a pruner gives up a running trial with this one report. */
  boolean prunesAt(Pruner pruner, int step, double value) {
    int trial = table.add();
    table.setState(trial, TrialState.RUNNING, Optional.empty());
    table.report(trial, metric, step, value);
    return pruner.shouldPrune(TrialHistory.of(table), trial, table.reports(trial, metric));
  }
}
