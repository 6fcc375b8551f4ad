package org.hpo4j.pruner;

import java.util.Arrays;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

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
    if (startupTrials < 1) {
      throw new IllegalArgumentException("startupTrials must be at least 1, got " + startupTrials);
    }
    if (warmupSteps < 0) {
      throw new IllegalArgumentException("warmupSteps must be at least 0, got " + warmupSteps);
    }
  }

  /** Five startup trials, no warm-up. */
  public static MedianPruner ofDefaults() {
    return new MedianPruner(5, 0);
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    int step = reports.step(reports.size() - 1);
    // A report that is not a number says nothing about the trial.
    if (step < warmupSteps || Double.isNaN(reports.value(reports.size() - 1))) {
      return false;
    }
    Direction direction = history.direction(0);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < reports.size(); i++) {
      double value = direction.minimized(reports.value(i));
      // NaN compares false: it is never the best.
      if (value < best) {
        best = value;
      }
    }
    double[] others = new double[history.size()];
    int completed = 0;
    int count = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      if (trial != trialNumber && history.state(trial) == TrialState.COMPLETE) {
        completed++;
        double value = history.reports(trial, TrialTable.OBJECTIVE).valueAt(step);
        if (!Double.isNaN(value)) {
          others[count++] = direction.minimized(value);
        }
      }
    }
    return completed >= startupTrials && count > 0 && best > median(others, count);
  }

  private static double median(double[] values, int count) {
    Arrays.sort(values, 0, count);
    return (count & 1) == 1
        ? values[count / 2]
        : 0.5 * values[count / 2 - 1] + 0.5 * values[count / 2];
  }

  @Override
  public String describe() {
    return "median(startupTrials=" + startupTrials + ", warmupSteps=" + warmupSteps + ")";
  }
}
