package org.hpo4j.pruner;

import java.util.Arrays;
import org.hpo4j.math.SignedRank;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * For objectives that are the mean of many evaluations, such as the folds of a cross-validation or
 * the instances of a benchmark: each is reported under a step of its own, and a trial is given up
 * once Wilcoxon's signed-rank test, over the steps that it shares with the best trial, finds it
 * worse. The steps need no order; shuffling them helps.
 *
 * <p>The semantics are those of Optuna's pruner of the same name: one-sided, zero differences split
 * between both sides, and no verdict against a trial whose mean so far is as good as the best
 * trial's value. Unlike there, reports of NaN are left out rather than ending the comparison, and
 * the law of the test is exact up to 50 steps also with ties. Testing after every report makes a
 * false verdict more likely than the threshold says, about twice.
 *
 * @param pThreshold a trial is given up at a p-value below this, in [0, 1]; 0.1 by default
 * @param startupSteps fewer common steps than this give no verdict; 0 by default
 */
public record WilcoxonPruner(double pThreshold, int startupSteps) implements Pruner {

  /** Checks the settings. */
  public WilcoxonPruner {
    if (!(pThreshold >= 0 && pThreshold <= 1)) {
      throw new IllegalArgumentException("pThreshold must be in [0, 1], got " + pThreshold);
    }
    Checks.atLeast(0, "startupSteps", startupSteps);
  }

  /** At a p-value below 0.1, from the first step on. */
  public static WilcoxonPruner ofDefaults() {
    return new WilcoxonPruner(0.1, 0);
  }

  /** With another threshold. */
  public WilcoxonPruner withPThreshold(double threshold) {
    return new WilcoxonPruner(threshold, startupSteps);
  }

  /** With another number of common steps that a verdict needs. */
  public WilcoxonPruner withStartupSteps(int steps) {
    return new WilcoxonPruner(pThreshold, steps);
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    int best = best(history, trialNumber);
    if (best < 0 || !Curve.hasNews(reports)) {
      return false;
    }
    Direction direction = history.direction(0);
    Curve curve = Curve.of(reports, direction);
    double[] differences =
        differences(curve, history.reports(best, TrialTable.OBJECTIVE), direction);
    return differences.length >= Math.max(1, startupSteps)
        && curve.mean() > score(history, best)
        && SignedRank.greater(differences) < pThreshold;
  }

  /** The best complete trial besides this one, the first of equals, or -1. */
  private static int best(TrialHistory history, int trialNumber) {
    int best = -1;
    double least = Double.NaN;
    for (int trial = 0; trial < history.size(); trial++) {
      if (trial != trialNumber && history.state(trial) == TrialState.COMPLETE) {
        double score = score(history, trial);
        if (score < least || (best < 0 && !Double.isNaN(score))) {
          best = trial;
          least = score;
        }
      }
    }
    return best;
  }

  /** A complete trial's value; where another metric is read, which has none, its mean report. */
  private static double score(TrialHistory history, int trial) {
    double value = history.value(trial);
    return Double.isNaN(value)
        ? Curve.of(history.reports(trial, TrialTable.OBJECTIVE), history.direction(0)).mean()
        : value;
  }

  /** By how much the trial is worse at each step that both have; equal infinities differ by 0. */
  private static double[] differences(Curve curve, ReportSeries best, Direction direction) {
    double[] differences = new double[curve.size()];
    int count = 0;
    for (int i = 0; i < curve.size(); i++) {
      double theirs = direction.minimized(best.valueAt(curve.step(i)));
      if (!Double.isNaN(theirs)) {
        differences[count++] = curve.value(i) == theirs ? 0 : curve.value(i) - theirs;
      }
    }
    return Arrays.copyOf(differences, count);
  }

  @Override
  public String describe() {
    return "wilcoxon(pThreshold=" + pThreshold + ", startupSteps=" + startupSteps + ")";
  }
}
