package org.hpo4j.pruner;

import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;

/**
 * The median stopping rule: gives up a trial at a step if the best it has reported so far is worse
 * than the median of what the completed trials reported at that step.
 *
 * <p>Source: Golovin et al., "Google Vizier: a service for black-box optimization", KDD 2017,
 * section 3.2.2, with the plain report of a step in place of a running average.
 *
 * @param startupTrials how many trials must have completed first; 5 by default
 * @param warmupSteps steps below this are never given up; 0 by default
 */
public record MedianPruner(int startupTrials, int warmupSteps) implements Pruner {

  /** Checks the settings. */
  public MedianPruner {
    Checks.atLeast(1, "startupTrials", startupTrials);
    Checks.atLeast(0, "warmupSteps", warmupSteps);
  }

  /** Five startup trials, no warm-up. */
  public static MedianPruner ofDefaults() {
    return new MedianPruner(5, 0);
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    return new PercentilePruner(50, startupTrials, warmupSteps, 1)
        .shouldPrune(history, trialNumber, reports);
  }

  @Override
  public String describe() {
    return "median(startupTrials=" + startupTrials + ", warmupSteps=" + warmupSteps + ")";
  }
}
