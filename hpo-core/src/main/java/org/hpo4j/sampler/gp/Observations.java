package org.hpo4j.sampler.gp;

import java.util.Arrays;
import java.util.List;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The trials of a history as points and values.
 *
 * <p>A complete trial counts with its value. A pruned one counts with its last report, but as no
 * better than the median of the complete ones: it was stopped early because it looked no better,
 * and its report belongs to a shorter training. One without a report counts as running forever: it
 * says nothing. Failed trials say where not to go, see {@link SuccessModel}.
 */
final class Observations {

  private final Axes axes;
  private final int[] columns;
  private final TrialHistory history;

  /** The points with a value, in the order of their trials. */
  final Points points;

  final Points running;
  final Points failed;

  /** The values of the points. */
  final double[] values;

  /** The trial of each point. */
  final int[] trials;

  Observations(Axes axes, TrialHistory history) {
    this.axes = axes;
    this.history = history;
    this.points = new Points(axes.count());
    this.running = new Points(axes.count());
    this.failed = new Points(axes.count());
    this.values = new double[history.size()];
    this.trials = new int[history.size()];
    List<Parameter<?>> parameters = axes.parameters();
    this.columns = new int[axes.count()];
    for (int d = 0; d < columns.length; d++) {
      columns[d] = history.columnOf(parameters.get(d).name());
    }
    read();
  }

  private void read() {
    double floor = medianOfComplete();
    double[] point = new double[axes.count()];
    for (int trial = 0; trial < history.size(); trial++) {
      place(trial, point);
      TrialState state = history.state(trial);
      double value = history.value(trial);
      if (state == TrialState.FAILED) {
        failed.add(point);
      } else if (!state.isFinished()) {
        running.add(point);
      } else if (!Double.isNaN(value)) {
        values[points.size()] = state == TrialState.PRUNED ? Math.max(value, floor) : value;
        trials[points.size()] = trial;
        points.add(point);
      }
    }
  }

  private double medianOfComplete() {
    double[] complete = new double[history.size()];
    int n = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      if (history.state(trial) == TrialState.COMPLETE) {
        complete[n++] = history.value(trial);
      }
    }
    Arrays.sort(complete, 0, n);
    return n == 0 ? Double.NEGATIVE_INFINITY : complete[n / 2];
  }

  private void place(int trial, double[] point) {
    for (int d = 0; d < point.length; d++) {
      point[d] = axes.place(d, columns[d] < 0 ? Double.NaN : history.code(columns[d], trial));
    }
  }

  /** The codes of a point's trial; NaN for parameters that it doesn't have. */
  double[] codes(int point) {
    double[] codes = new double[axes.count()];
    for (int d = 0; d < codes.length; d++) {
      codes[d] = columns[d] < 0 ? Double.NaN : history.code(columns[d], trials[point]);
    }
    return codes;
  }

  int size() {
    return points.size();
  }

  /** A measured outcome constraint of a point; NaN or infinite if it is unknown. */
  double constraint(int point, int constraint) {
    return history.constraint(trials[point], constraint);
  }

  /** Whether the point satisfies all outcome constraints. */
  boolean isFeasible(int point) {
    return history.violation(trials[point]) <= 0;
  }
}
