package org.hpo4j.study;

import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * The best complete and feasible trial of a table, followed as trials end; the first of equals
 * wins.
 */
final class BestTrial {

  private final TrialTable table;
  private int number = -1;
  private int seen;

  BestTrial(TrialTable table) {
    this.table = table;
  }

  /** Takes in that a trial has ended. */
  void finished(int ended) {
    seen++;
    consider(ended);
  }

  private void consider(int candidate) {
    if (table.state(candidate) == TrialState.COMPLETE
        && table.violation(candidate) == 0
        && (number < 0
            || table.violation(number) > 0
            || table.directions().get(0).isBetter(table.value(candidate, 0), table.value(number, 0))
            || (candidate < number && table.value(candidate, 0) == table.value(number, 0)))) {
      number = candidate;
    }
  }

  /** The best trial's number, or -1. */
  int number() {
    if (seen != table.finishedCount()) {
      // Other processes have finished trials too.
      for (int i = 0; i < table.size(); i++) {
        consider(i);
      }
      seen = table.finishedCount();
    }
    return number;
  }
}
