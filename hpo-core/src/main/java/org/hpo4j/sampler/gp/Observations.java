package org.hpo4j.sampler.gp;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The trials of a history as points and values.
 *
 * <p>A complete trial counts with its value. A pruned one counts with its last report, but as no
 * better than the median of the complete ones: it was stopped early because it looked no better,
 * and its report belongs to a shorter training. One without a report has no value. A failed trial
 * has none either, but says where trials fail.
 *
 * <p>Where a scheduler trains trials to different extents, each observation lies at its own
 * resource; a trial that runs or has failed lies at that of full training, since that is what it
 * was started for.
 */
final class Observations {

  private final Axes axes;
  private final TrialHistory history;
  private final int[] columns;
  private final Sample objective;
  private final Points failed;
  private final Sample outcomes;
  private final Points running;
  private final Resources resources;

  /** By number in the study: the trials that another one goes on from, whatever became of it. */
  private final BitSet parents = new BitSet();

  /** Those of them of which that other one has a value. */
  private final BitSet continued = new BitSet();

  /** The trial of each observation of the objective. */
  private final int[] trials;

  Observations(Axes axes, TrialHistory history, Resources resources) {
    this.axes = axes;
    this.history = history;
    this.resources = resources;
    this.objective = new Sample(axes.count());
    this.failed = new Points(axes.count());
    this.outcomes = new Sample(axes.count());
    this.running = new Points(axes.count());
    this.trials = new int[history.size()];
    this.columns = new int[axes.parameterCount()];
    List<Parameter<?>> parameters = axes.parameters();
    for (int d = 0; d < columns.length; d++) {
      columns[d] = history.columnOf(parameters.get(d).name());
    }
    read();
  }

  private void read() {
    Map<Double, Double> medians = new HashMap<>();
    boolean anyFailed = history.hasFailures();
    double[] point = new double[axes.count()];
    for (int trial = 0; trial < history.size(); trial++) {
      place(trial, point);
      OptionalInt parent = resources.parent(trial);
      parent.ifPresent(parents::set);
      TrialState state = history.state(trial);
      double value = history.value(trial);
      if (!state.isFinished()) {
        if (hasPlace(trial)) {
          setResource(point, resources.full());
          running.add(point);
        }
      } else if (!Double.isNaN(value)) {
        trials[objective.size()] = trial;
        parent.ifPresent(continued::set);
        if (state == TrialState.PRUNED) {
          double resource = resources.of(trial);
          value = Math.max(value, medians.computeIfAbsent(resource, this::medianOfComplete));
        }
        objective.add(point, value);
      }
      // The death of a process says nothing about its trial's parameters.
      if (anyFailed && state.isFinished() && !isLost(trial) && hasPlace(trial)) {
        learnSuccess(trial, point);
      }
    }
  }

  private void learnSuccess(int trial, double[] point) {
    boolean success = history.state(trial) != TrialState.FAILED;
    outcomes.add(point, success ? 1 : -1);
    if (!success) {
      setResource(point, resources.full());
      failed.add(point);
    }
  }

  /**
   * Whether a trial has any of the parameters. One that waits, or whose objective draws them one by
   * one, may have none; it would seem to lie where all of them are absent.
   */
  private boolean hasPlace(int trial) {
    for (int d = 0; d < columns.length; d++) {
      if (!Double.isNaN(code(trial, d))) {
        return true;
      }
    }
    return false;
  }

  private boolean isLost(int trial) {
    return history.failure(trial).filter(reason -> reason == FailureReason.LOST).isPresent();
  }

  /** Of those of this resource; minus infinity if there are none. */
  private double medianOfComplete(double resource) {
    double[] complete = new double[history.size()];
    int n = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      if (history.state(trial) == TrialState.COMPLETE && resources.of(trial) == resource) {
        complete[n++] = history.value(trial);
      }
    }
    Arrays.sort(complete, 0, n);
    return n == 0 ? Double.NEGATIVE_INFINITY : complete[n / 2];
  }

  private void place(int trial, double[] point) {
    for (int d = 0; d < columns.length; d++) {
      point[d] = axes.place(d, code(trial, d));
    }
    setResource(point, resources.of(trial));
  }

  private void setResource(double[] point, double place) {
    if (axes.hasResource()) {
      point[columns.length] = place;
    }
  }

  private double code(int trial, int axis) {
    return columns[axis] < 0 ? Double.NaN : history.code(columns[axis], trial);
  }

  /** How many observations of the objective there are. */
  int size() {
    return objective.size();
  }

  /** The observations of the objective. */
  Sample objective() {
    return objective;
  }

  /** Whether the same configuration was observed after more training. */
  boolean isContinued(int observation) {
    return continued.get(history.number(trials[observation]));
  }

  /**
   * Whether an observation's configuration waits to be promoted, and would tell nothing new if it
   * were started again.
   */
  boolean isWaiting(int observation) {
    int trial = trials[observation];
    return resources.coversNewStart(trial) && !parents.get(history.number(trial));
  }

  /** Where the search takes place: a point of full training. */
  double[] origin() {
    double[] origin = new double[axes.count()];
    setResource(origin, resources.full());
    return origin;
  }

  /** Sets a point to that of an observation, as if it had been trained in full. */
  void pointInFull(int observation, double[] point) {
    objective.points().get(observation, point);
    setResource(point, resources.full());
  }

  /** The codes of an observation's trial; NaN for parameters that it doesn't have. */
  double[] codes(int observation) {
    double[] codes = new double[columns.length];
    for (int d = 0; d < codes.length; d++) {
      codes[d] = code(trials[observation], d);
    }
    return codes;
  }

  /** Whether an observation satisfies all outcome constraints. */
  boolean isFeasible(int observation) {
    return history.violation(trials[observation]) <= 0;
  }

  /** What is known of an outcome constraint. */
  Sample constraint(int constraint) {
    Sample known = new Sample(axes.count());
    double[] point = new double[axes.count()];
    for (int i = 0; i < size(); i++) {
      double value = history.constraint(trials[i], constraint);
      if (!Double.isNaN(value)) {
        objective.points().get(i, point);
        known.add(point, value);
      }
    }
    return known;
  }

  /** The points of the trials that failed. */
  Points failed() {
    return failed;
  }

  /**
   * What became of the ended trials, each at its own resource: 1 for a success, -1 for a failure.
   * Empty if none can have failed.
   */
  Sample outcomes() {
    return outcomes;
  }

  /** The points of the trials that have not ended, as far as anything was drawn for them. */
  Points running() {
    return running;
  }

  /** Whether a trial that runs or has ended has this configuration, however far it was trained. */
  boolean contains(double[] point) {
    int count = columns.length;
    return running.contains(point, count)
        || failed.contains(point, count)
        || objective.points().contains(point, count);
  }
}
