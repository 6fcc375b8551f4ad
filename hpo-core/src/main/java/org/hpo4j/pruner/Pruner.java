package org.hpo4j.pruner;

import org.hpo4j.trial.Direction;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;

/**
 * Decides whether to give up a running trial. A decision is a pure function of the settings, the
 * history and the trial's own reports.
 */
public interface Pruner {

  /**
   * Whether the trial shall end now.
   *
   * @param history the other trials, as its study's way of running shows them
   * @param trialNumber the trial's number, which the history may also contain
   * @param reports the trial's own reports of {@link #metric}, at least one
   */
  boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports);

  /**
   * Whether a decision depends on other trials at all. Where it does not, a worker need not read
   * what the trials of other workers have found, and the history may show trials as running that
   * have ended there.
   */
  default boolean usesHistory() {
    return true;
  }

  /** The metric that this pruner reads; the objective unless {@link #onMetric} named another. */
  default String metric() {
    return TrialTable.OBJECTIVE;
  }

  /**
   * The same rule for the reports of a metric besides the objective: {@code
   * MedianPruner.ofDefaults().onMetric("val_acc", Direction.MAXIMIZE)}. A study with several
   * objectives needs this, since its trials are not ordered by any one of them.
   *
   * @param metric the name that trials report under, of 1 to 512 characters
   * @param direction whether low or high values of it are better
   * @throws IllegalArgumentException if the name is longer, blank or no Unicode text
   * @throws IllegalStateException if this pruner reads another metric already
   */
  default Pruner onMetric(String metric, Direction direction) {
    return new MetricPruner(this, metric, direction);
  }

  /** The pruner and its settings, such as {@code median(startupTrials=5, warmupSteps=0)}. */
  String describe();

  /** Gives up no trial. */
  static Pruner none() {
    return new NoPruner();
  }
}
