package org.hpo4j.sampler.cmaes;

import java.util.List;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** Makes tables of trials for tests. */
final class Tables {

  private Tables() {}

  static TrialTable empty() {
    return new TrialTable(List.of(Direction.MINIMIZE));
  }

  /** Starts a trial with these values and returns its number. */
  static int start(TrialTable table, Configuration configuration) {
    int number = table.add();
    table.setJoint(number, configuration);
    table.setState(number, TrialState.RUNNING, Optional.empty());
    return number;
  }

  /** Ends a trial that was started. */
  static void finish(TrialTable table, int number, Configuration configuration, Outcome outcome) {
    for (int i = 0; i < configuration.size(); i++) {
      table.set(number, configuration.parameters().get(i), configuration.code(i));
    }
    table.finish(number, outcome, Optional.empty());
  }

  static void complete(TrialTable table, Configuration configuration, double value) {
    finish(table, start(table, configuration), configuration, Outcome.completed(value));
  }

  static void fail(TrialTable table, Configuration configuration) {
    Outcome failed = Outcome.failed(FailureReason.EXCEPTION, "test");
    finish(table, start(table, configuration), configuration, failed);
  }

  /** A trial of any kind: failed, pruned with and without reports, running, infinite, complete. */
  static void addAny(TrialTable table, Configuration configuration, int kind) {
    switch (kind) {
      case 0 -> fail(table, configuration);
      case 1 -> finish(table, start(table, configuration), configuration, Outcome.pruned());
      case 2 -> {
        int number = start(table, configuration);
        table.report(number, TrialTable.OBJECTIVE, 0, 2.5);
        finish(table, number, configuration, Outcome.pruned());
      }
      case 3 -> start(table, configuration);
      case 4 -> complete(table, configuration, Double.POSITIVE_INFINITY);
      case 5 -> complete(table, configuration, Double.NEGATIVE_INFINITY);
      default -> complete(table, configuration, Math.sin(table.size()));
    }
  }
}
