package org.hpo4j.pruner;

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

  /** The metric that this pruner reads; the objective unless overridden. */
  default String metric() {
    return TrialTable.OBJECTIVE;
  }

  /** The pruner and its settings, such as {@code median(startupTrials=5, warmupSteps=0)}. */
  String describe();

  /** Gives up no trial. */
  static Pruner none() {
    return new NoPruner();
  }
}
