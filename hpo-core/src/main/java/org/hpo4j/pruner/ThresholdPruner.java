package org.hpo4j.pruner;

import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;

/**
 * Gives up a trial as soon as it reports a value outside a range, whatever other trials do: a loss
 * that explodes, an accuracy below chance.
 *
 * @param lower values below this are given up; negative infinity for none
 * @param upper values above this are given up; infinity for none
 * @param warmupSteps steps below this are never given up; 0 by default
 */
public record ThresholdPruner(double lower, double upper, int warmupSteps) implements Pruner {

  /** Checks the settings. */
  public ThresholdPruner {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "lower must be at most upper, and neither NaN; got " + lower + " and " + upper);
    }
    Checks.atLeast(0, "warmupSteps", warmupSteps);
  }

  /** Gives up values outside [lower, upper], from the first step on. */
  public static ThresholdPruner between(double lower, double upper) {
    return new ThresholdPruner(lower, upper, 0);
  }

  /** Gives up values above a bound, from the first step on. */
  public static ThresholdPruner above(double upper) {
    return between(Double.NEGATIVE_INFINITY, upper);
  }

  /** Gives up values below a bound, from the first step on. */
  public static ThresholdPruner below(double lower) {
    return between(lower, Double.POSITIVE_INFINITY);
  }

  /** With another warm-up. */
  public ThresholdPruner withWarmupSteps(int steps) {
    return new ThresholdPruner(lower, upper, steps);
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    int last = reports.size() - 1;
    // NaN is neither below nor above.
    return reports.step(last) >= warmupSteps
        && (reports.value(last) < lower || reports.value(last) > upper);
  }

  @Override
  public String describe() {
    return "threshold(lower=" + lower + ", upper=" + upper + ", warmupSteps=" + warmupSteps + ")";
  }
}
