package org.hpo4j.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;

/**
 * A study with one objective as it stood at one moment: what summaries and exports are made from,
 * so that they need no lock.
 *
 * @param name the study's name
 * @param metric the objective's name
 * @param direction whether low or high values are better
 * @param seed the seed of all draws
 * @param parameters all parameters ever seen, in the order in which they were first seen
 * @param trials all trials in the order of their numbers
 * @param attributes what the user kept with the study
 */
record StudySnapshot(
    String name,
    String metric,
    Direction direction,
    long seed,
    List<Parameter<?>> parameters,
    List<FrozenTrial> trials,
    Map<String, Object> attributes) {

  StudySnapshot {
    parameters = List.copyOf(parameters);
    trials = List.copyOf(trials);
    attributes = Map.copyOf(attributes);
  }

  List<FrozenTrial> inState(TrialState state) {
    return trials.stream().filter(trial -> trial.state() == state).toList();
  }

  List<FrozenTrial> finished() {
    return trials.stream().filter(trial -> trial.state().isFinished()).toList();
  }

  /** The complete and feasible trials, best first; equal ones in the order of their numbers. */
  List<FrozenTrial> ranked() {
    // The sort is stable, and the trials come in the order of their numbers.
    return inState(TrialState.COMPLETE).stream()
        .filter(FrozenTrial::isFeasible)
        .sorted(
            (a, b) ->
                Double.compare(direction.minimized(a.value()), direction.minimized(b.value())))
        .toList();
  }

  Optional<FrozenTrial> best() {
    return ranked().stream().findFirst();
  }
}
