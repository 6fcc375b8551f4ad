package org.hpo4j.pruner;

import java.util.Locale;
import org.hpo4j.json.Names;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;

/**
 * Shows another pruner a metric in the place of the objective. So no rule has to know that there
 * are metrics, and all of them can read one.
 */
record MetricPruner(Pruner rule, String metric, Direction direction) implements Pruner {

  MetricPruner {
    Names.require("a metric's name", metric);
    if (!rule.metric().equals(TrialTable.OBJECTIVE)) {
      throw new IllegalStateException(
          rule.describe() + " cannot read '" + metric + "': it reads '" + rule.metric() + "'");
    }
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    return rule.shouldPrune(history.withReportsOf(metric, direction), trialNumber, reports);
  }

  @Override
  public String describe() {
    return rule.describe()
        + ".onMetric("
        + metric
        + ", "
        + direction.name().toLowerCase(Locale.ROOT)
        + ")";
  }
}
