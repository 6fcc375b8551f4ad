package org.hpo4j.pruner;

import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;

/**
 * Lets another pruner give up a trial only once it stagnates: none of its last reports improved on
 * the best of the earlier ones. Reports of NaN do not count. A pruner that decides at rungs, such
 * as {@link SuccessiveHalvingPruner}, gets no second chance if the trial improves just there.
 *
 * @param wrapped the pruner that decides then; it reads the objective. For another metric, wrap
 *     first and call {@link Pruner#onMetric} on the whole.
 * @param patience how many reports without an improvement it takes, at least 1
 * @param minDelta by how much a report must be better than all before to count, at least 0 and
 *     finite; 0 by default
 */
public record PatientPruner(Pruner wrapped, int patience, double minDelta) implements Pruner {

  /** Checks the settings. */
  public PatientPruner {
    if (!wrapped.metric().equals(TrialTable.OBJECTIVE)) {
      throw new IllegalArgumentException(
          "the wrapped pruner must read the objective, not '"
              + wrapped.metric()
              + "'; call onMetric on the patient pruner");
    }
    Checks.atLeast(1, "patience", patience);
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("minDelta must be at least 0 and finite, got " + minDelta);
    }
  }

  /** Any improvement counts. */
  public static PatientPruner of(Pruner wrapped, int patience) {
    return new PatientPruner(wrapped, patience, 0);
  }

  /** With another least improvement. */
  public PatientPruner withMinDelta(double delta) {
    return new PatientPruner(wrapped, patience, delta);
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    Curve curve = Curve.of(reports, history.direction(0));
    int recent = curve.size() - patience;
    if (recent < 1) {
      return false;
    }
    boolean improved = curve.best(0, recent) - curve.best(recent, curve.size()) > minDelta;
    return !improved && wrapped.shouldPrune(history, trialNumber, reports);
  }

  @Override
  public String describe() {
    return "patient(" + wrapped.describe() + ", " + patience + ", minDelta=" + minDelta + ")";
  }
}
