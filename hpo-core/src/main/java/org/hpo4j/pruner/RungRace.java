package org.hpo4j.pruner;

import java.util.function.IntPredicate;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialTable;

/**
 * Who goes on beyond a rung, asynchronously: a trial that reaches a step m, m f, m f^2, ... goes on
 * if it is among the best 1/f of those that have reached it so far, or the best of fewer than f.
 *
 * <p>Source: Li, Jamieson, Rostamizadeh, Gonina, Ben-tzur, Hardt, Recht and Talwalkar, "A system
 * for massively parallel hyperparameter tuning", MLSys 2020, whose trials stop at a rung and may be
 * promoted later; here, as in Optuna, a trial that is not promoted at once is given up, since a
 * running trial cannot be paused.
 *
 * @param firstStep the step of the first rung, m
 * @param reductionFactor the ratio of two rungs' steps, f
 */
record RungRace(long firstStep, int reductionFactor) {

  /**
   * Whether the trial falls out at a rung that its last report was the first to reach.
   *
   * @param rivals which of the other trials count
   */
  boolean isLost(TrialHistory history, int trial, ReportSeries reports, IntPredicate rivals) {
    Curve curve = Curve.of(reports, history.direction(0));
    if (!Curve.hasNews(reports)) {
      return false;
    }
    for (long rung = firstStep; rung <= curve.lastStep(); rung *= reductionFactor) {
      if (rung > curve.stepBeforeLast()
          && !isAmongBest(history, trial, curve.last(), rung, rivals)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAmongBest(
      TrialHistory history, int trial, double value, long rung, IntPredicate rivals) {
    int count = 1;
    int better = 0;
    for (int other = 0; other < history.size(); other++) {
      if (other != trial && rivals.test(other)) {
        double theirs = valueAt(history, other, rung);
        count += Double.isNaN(theirs) ? 0 : 1;
        better += theirs < value ? 1 : 0;
      }
    }
    return better < Math.max(1, count / reductionFactor);
  }

  /** What a trial reported when it reached a rung; NaN if it has not. */
  private static double valueAt(TrialHistory history, int trial, long rung) {
    ReportSeries reports = history.reports(trial, TrialTable.OBJECTIVE);
    Direction direction = history.direction(0);
    for (int i = 0; i < reports.size(); i++) {
      if (reports.step(i) >= rung && !Double.isNaN(reports.value(i))) {
        return direction.minimized(reports.value(i));
      }
    }
    return Double.NaN;
  }
}
