package org.hpo4j.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hpo4j.math.NonDominated;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;

/**
 * A study as it stood at one moment: what summaries and exports are made from, so that they need no
 * lock.
 *
 * @param name the study's name
 * @param goals the objectives
 * @param seed the seed of all draws
 * @param parameters all parameters ever seen, in the order in which they were first seen
 * @param trials all trials in the order of their numbers
 * @param attributes what the user kept with the study
 */
record StudySnapshot(
    String name,
    List<Goal> goals,
    long seed,
    List<Parameter<?>> parameters,
    List<FrozenTrial> trials,
    Map<String, Object> attributes) {

  StudySnapshot {
    goals = List.copyOf(goals);
    parameters = List.copyOf(parameters);
    trials = List.copyOf(trials);
    attributes = Map.copyOf(attributes);
  }

  /** The name of the first objective. */
  String metric() {
    return goals.get(0).metric();
  }

  /** The direction of the first objective. */
  Direction direction() {
    return goals.get(0).direction();
  }

  boolean hasOneObjective() {
    return goals.size() == 1;
  }

  List<FrozenTrial> inState(TrialState state) {
    return trials.stream().filter(trial -> trial.state() == state).toList();
  }

  List<FrozenTrial> finished() {
    return trials.stream().filter(trial -> trial.state().isFinished()).toList();
  }

  /** The complete and feasible trials, best first; equal ones in the order of their numbers. */
  List<FrozenTrial> ranked() {
    if (!hasOneObjective()) {
      return front();
    }
    // The sort is stable, and the trials come in the order of their numbers.
    return inState(TrialState.COMPLETE).stream()
        .filter(FrozenTrial::isFeasible)
        .sorted(
            (a, b) ->
                Double.compare(direction().minimized(a.value()), direction().minimized(b.value())))
        .toList();
  }

  /** The Pareto front, by the first objective. */
  private List<FrozenTrial> front() {
    List<FrozenTrial> feasible =
        inState(TrialState.COMPLETE).stream().filter(FrozenTrial::isFeasible).toList();
    double[][] points = feasible.stream().map(this::minimized).toArray(double[][]::new);
    int[] ranks = NonDominated.ranks(points, 1);
    return IntStream.range(0, points.length)
        .filter(i -> ranks[i] == 0)
        .mapToObj(feasible::get)
        .sorted(
            (a, b) ->
                Double.compare(direction().minimized(a.value()), direction().minimized(b.value())))
        .toList();
  }

  private double[] minimized(FrozenTrial trial) {
    double[] values = new double[goals.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = goals.get(i).direction().minimized(trial.values().get(i));
    }
    return values;
  }

  Optional<FrozenTrial> best() {
    return ranked().stream().findFirst();
  }
}
