package org.hpo4j.pruner;

import java.util.Arrays;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * Gives up a trial at a step if the best it has reported so far is not among the best so many
 * percent of what the completed trials reported at that step. With 50 percent it is the {@link
 * MedianPruner}.
 *
 * @param percentile in (0, 100): how many percent go on; between two of the values, linearly
 *     interpolated
 * @param startupTrials how many trials must have completed first, at least 1; 5 by default
 * @param warmupSteps steps below this are never given up; 0 by default
 * @param intervalSteps it decides once in so many steps, counted from the warm-up: at the first
 *     report of each such interval; 1 by default
 */
public record PercentilePruner(
    double percentile, int startupTrials, int warmupSteps, int intervalSteps) implements Pruner {

  /** Checks the settings. */
  public PercentilePruner {
    if (!(percentile > 0 && percentile < 100)) {
      throw new IllegalArgumentException("percentile must be in (0, 100), got " + percentile);
    }
    Checks.atLeast(1, "startupTrials", startupTrials);
    Checks.atLeast(0, "warmupSteps", warmupSteps);
    Checks.atLeast(1, "intervalSteps", intervalSteps);
  }

  /** Lets so many percent go on; five startup trials, no warm-up, every step. */
  public static PercentilePruner of(double percentile) {
    return new PercentilePruner(percentile, 5, 0, 1);
  }

  /** With another number of trials that must have completed first. */
  public PercentilePruner withStartupTrials(int count) {
    return new PercentilePruner(percentile, count, warmupSteps, intervalSteps);
  }

  /** With another warm-up. */
  public PercentilePruner withWarmupSteps(int steps) {
    return new PercentilePruner(percentile, startupTrials, steps, intervalSteps);
  }

  /** With another interval. */
  public PercentilePruner withIntervalSteps(int steps) {
    return new PercentilePruner(percentile, startupTrials, warmupSteps, steps);
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    Direction direction = history.direction(0);
    Curve curve = Curve.of(reports, direction);
    if (!Curve.hasNews(reports) || !isDue(curve)) {
      return false;
    }
    double[] others = new double[history.size()];
    int completed = 0;
    int count = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      if (trial != trialNumber && history.state(trial) == TrialState.COMPLETE) {
        completed++;
        double value = history.reports(trial, TrialTable.OBJECTIVE).valueAt(curve.lastStep());
        if (!Double.isNaN(value)) {
          others[count++] = direction.minimized(value);
        }
      }
    }
    return completed >= startupTrials
        && count > 0
        && curve.best() > quantile(Arrays.copyOf(others, count), percentile / 100);
  }

  private boolean isDue(Curve curve) {
    int step = curve.lastStep();
    return step >= warmupSteps
        && curve.stepBeforeLast() < step - (step - warmupSteps) % intervalSteps;
  }

  /** The value below which a share of the values lies; linear between two of them. */
  private static double quantile(double[] values, double share) {
    Arrays.sort(values);
    double position = share * (values.length - 1);
    int below = (int) position;
    double weight = position - below;
    // An exact hit stands for itself: the next value may be infinite.
    double value =
        weight == 0 ? values[below] : (1 - weight) * values[below] + weight * values[below + 1];
    // Between the two infinities: above all that is finite.
    return Double.isNaN(value) ? Double.MAX_VALUE : value;
  }

  @Override
  public String describe() {
    return "percentile("
        + percentile
        + ", startupTrials="
        + startupTrials
        + ", warmupSteps="
        + warmupSteps
        + ", intervalSteps="
        + intervalSteps
        + ")";
  }
}
