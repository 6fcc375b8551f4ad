package org.hpo4j.sampler.hyperband;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
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

  private boolean isPromoted(int trial) {
    return promoted.get(trial);
  }

  /** The best completed trial without a child: feasible before infeasible, then by value. */
  OptionalInt bestCandidate(TrialHistory history) {
    OptionalInt best = OptionalInt.empty();
    for (int trial : complete) {
      if (!isPromoted(trial) && (best.isEmpty() || compare(history, trial, best.getAsInt()) < 0)) {
        best = OptionalInt.of(trial);
      }
    }
    return best;
  }

  /** How many completed trials come before this one, with a child or not. */
  int rank(TrialHistory history, int trial) {
    int rank = 0;
    for (int other : complete) {
      rank += compare(history, other, trial) < 0 ? 1 : 0;
    }
    return rank;
  }

  /** The completed trials without a child, best first. */
  List<Integer> candidates(TrialHistory history) {
    return complete.stream()
        .filter(trial -> !isPromoted(trial))
        .sorted((a, b) -> compare(history, a, b))
        .toList();
  }

  private static int compare(TrialHistory history, int a, int b) {
    int byViolation = Double.compare(history.violation(a), history.violation(b));
    int byValue = Double.compare(history.value(a), history.value(b));
    return byViolation != 0 ? byViolation : byValue != 0 ? byValue : Integer.compare(a, b);
  }
}
