package org.hpo4j.pruner;

import org.hpo4j.trial.Direction;
import org.hpo4j.trial.ReportSeries;

/**
 * The reports of a trial that are numbers, with the lower the better. A report of NaN says nothing:
 * a pruner reasons as if it had not been made.
 */
final class Curve {

  private final int[] steps;
  private final double[] values;

  private Curve(int[] steps, double[] values) {
    this.steps = steps;
    this.values = values;
  }

  static Curve of(ReportSeries reports, Direction direction) {
    int count = 0;
    int[] steps = new int[reports.size()];
    double[] values = new double[reports.size()];
    for (int i = 0; i < reports.size(); i++) {
      if (!Double.isNaN(reports.value(i))) {
        steps[count] = reports.step(i);
        values[count++] = direction.minimized(reports.value(i));
      }
    }
    return new Curve(java.util.Arrays.copyOf(steps, count), java.util.Arrays.copyOf(values, count));
  }

  /** Whether the last report of a trial says something; if not, there is nothing to decide. */
  static boolean hasNews(ReportSeries reports) {
    return !Double.isNaN(reports.value(reports.size() - 1));
  }

  int size() {
    return steps.length;
  }

  int step(int index) {
    return steps[index];
  }

  double value(int index) {
    return values[index];
  }

  /** The last step. */
  int lastStep() {
    return steps[steps.length - 1];
  }

  /** The step before the last one, or -1. */
  int stepBeforeLast() {
    return steps.length < 2 ? -1 : steps[steps.length - 2];
  }

  double last() {
    return values[values.length - 1];
  }

  /** The best value of the reports from one index to before another; infinity if there are none. */
  double best(int from, int to) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = from; i < to; i++) {
      best = Math.min(best, values[i]);
    }
    return best;
  }

  double best() {
    return best(0, values.length);
  }

  double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
