package org.hpo4j.pruner;

import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;

/** Gives up no trial. */
final class NoPruner implements Pruner {

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    return false;
  }

  @Override
  public boolean usesHistory() {
    return false;
  }

  @Override
  public String describe() {
    return "none()";
  }
}
