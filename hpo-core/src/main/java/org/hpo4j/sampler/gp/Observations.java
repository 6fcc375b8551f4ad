package org.hpo4j.sampler.gp;

import java.util.Arrays;
import java.util.List;
import org.hpo4j.math.SuccessRates;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The trials of a history as points and values.
 *
 * <p>A complete trial counts with its value. A pruned one counts with its last report, but as no
 * better than the median of the complete ones: it was stopped early because it looked no better,
 * and its report belongs to a shorter training. One without a report counts as running forever: it
 * says nothing. Failed trials say where not to go, see {@link SuccessRates}.
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
  private final int[] trials;

  Observations(Axes axes, TrialHistory history) {
    this(axes, history, new Points(axes.count()), new Points(axes.count()), history.size());
    read();
  }

  private Observations(
      Axes axes, TrialHistory history, Points running, Points failed, int capacity) {
    this.axes = axes;
    this.history = history;
    this.points = new Points(axes.count());
    this.running = running;
    this.failed = failed;
    this.values = new double[capacity];
    this.trials = new int[capacity];
    List<Parameter<?>> parameters = axes.parameters();
    this.columns = new int[axes.count()];
    for (int d = 0; d < columns.length; d++) {
      columns[d] = history.columnOf(parameters.get(d).name());
    }
  }

  /** Some of the points; running and failed trials stay. */
  Observations select(int[] indices) {
    Observations some = new Observations(axes, history, running, failed, indices.length);
    double[] point = new double[axes.count()];
    for (int i = 0; i < indices.length; i++) {
      points.get(indices[i], point);
      some.points.add(point);
      some.values[i] = values[indices[i]];
      some.trials[i] = trials[indices[i]];
    }
    return some;
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
      point[d] = axes.place(d, code(trial, d));
    }
  }

  private double code(int trial, int axis) {
    return columns[axis] < 0 ? Double.NaN : history.code(columns[axis], trial);
  }

  /** The codes of a point's trial; NaN for parameters that it doesn't have. */
  double[] codes(int point) {
    double[] codes = new double[axes.count()];
    for (int d = 0; d < codes.length; d++) {
      codes[d] = code(trials[point], d);
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

  /** Where trials succeed, learned from the complete and the failed ones. */
  SuccessRates successRates() {
    int[] options = new int[axes.count()];
    for (int d = 0; d < options.length; d++) {
      options[d] = axes.isNominal(d) ? (int) axes.parameters().get(d).domain().cardinality() : 0;
    }
    SuccessRates rates = new SuccessRates(options);
    if (!history.hasFailures()) {
      return rates;
    }
    double[] point = new double[axes.count()];
    for (int trial = 0; trial < history.size(); trial++) {
      // The death of a process says nothing about its trial's parameters.
      boolean failed =
          history.failure(trial).filter(reason -> reason != FailureReason.LOST).isPresent();
      if (failed || history.state(trial) == TrialState.COMPLETE) {
        for (int d = 0; d < point.length; d++) {
          double code = code(trial, d);
          point[d] = Double.isNaN(code) ? Double.NaN : axes.place(d, code);
        }
        rates.add(point, !failed);
      }
    }
    rates.finish();
    return rates;
  }

  /** Whether a finished, failed or running trial has this configuration. */
  boolean contains(double[] point) {
    return points.contains(point) || running.contains(point) || failed.contains(point);
  }

  /** Whether the point satisfies all outcome constraints. */
  boolean isFeasible(int point) {
    return history.violation(trials[point]) <= 0;
  }
}
