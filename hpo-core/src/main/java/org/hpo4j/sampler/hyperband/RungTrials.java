package org.hpo4j.sampler.hyperband;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/** The trials of one rung, as a history shows them. */
final class RungTrials {

  static final RungTrials NONE = new RungTrials();

  private final List<Integer> complete = new ArrayList<>();
  private final BitSet promoted = new BitSet();
  private int size;
  private int ended;

  void add(TrialHistory history, int trial) {
    size++;
    ended += history.state(trial).isFinished() ? 1 : 0;
    if (history.state(trial) == TrialState.COMPLETE) {
      complete.add(trial);
    }
  }

  /** Notes that a trial of this rung has a child in the next. */
  void addPromoted(int trial) {
    promoted.set(trial);
  }

  /** How many trials have started. */
  int size() {
    return size;
  }

  /** How many of them have ended, however. */
  int ended() {
    return ended;
  }

  /** How many of them have completed: only these can be promoted. */
  int completed() {
    return complete.size();
  }

  /** Whether a number of trials have started and all of them ended. */
  boolean isOver(int wanted) {
    return size >= wanted && ended == size;
  }

  boolean isPromoted(int trial) {
    return promoted.get(trial);
  }

  /** The completed trials, best first: feasible before infeasible, of equals the earlier one. */
  List<Integer> ranked(TrialHistory history) {
    // The sort is stable, and trials were added in the order of their numbers.
    return complete.stream()
        .sorted(
            Comparator.<Integer>comparingDouble(history::violation)
                .thenComparingDouble(history::value))
        .toList();
  }

  /** The completed trials that have no child yet, best first. */
  List<Integer> candidates(TrialHistory history) {
    return ranked(history).stream().filter(trial -> !isPromoted(trial)).toList();
  }
}
