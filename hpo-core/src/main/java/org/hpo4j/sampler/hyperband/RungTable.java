package org.hpo4j.sampler.hyperband;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.TrialHistory;

/**
 * Which trials a history has in each rung of each bracket. Trials without a fidelity, enqueued or
 * imported, are in none: the schedule goes on as if they were not there.
 */
final class RungTable {

  private final List<List<RungTrials>> brackets = new ArrayList<>();

  /** The parents of trials that have not ended, and these trials. */
  private final BitSet inUse = new BitSet();

  RungTable(TrialHistory history) {
    if (history.objectiveCount() != 1) {
      throw new IllegalArgumentException(
          "promotion by rank needs one objective; the study has " + history.objectiveCount());
    }
    for (int trial = 0; trial < history.size(); trial++) {
      Optional<Fidelity> fidelity = history.fidelity(trial);
      if (fidelity.isPresent()) {
        add(history, trial, fidelity.get());
      }
    }
  }

  private void add(TrialHistory history, int trial, Fidelity fidelity) {
    own(fidelity.bracket(), fidelity.round()).add(history, trial);
    if (fidelity.parent().isPresent() && fidelity.round() > 0) {
      own(fidelity.bracket(), fidelity.round() - 1).addPromoted(fidelity.parent().getAsInt());
    }
    if (!history.state(trial).isFinished()) {
      inUse.set(trial);
      fidelity.parent().ifPresent(inUse::set);
    }
  }

  private RungTrials own(int bracket, int round) {
    while (brackets.size() <= bracket) {
      brackets.add(new ArrayList<>());
    }
    List<RungTrials> rungs = brackets.get(bracket);
    while (rungs.size() <= round) {
      rungs.add(new RungTrials());
    }
    return rungs.get(round);
  }

  /** How many brackets have been opened. */
  int bracketCount() {
    return brackets.size();
  }

  /** The trials of a rung; none if it has not been reached. */
  RungTrials rung(int bracket, int round) {
    return bracket < brackets.size() && round < brackets.get(bracket).size()
        ? brackets.get(bracket).get(round)
        : RungTrials.NONE;
  }

  /** Whether a trial of any bracket has not ended. */
  boolean someRun() {
    return !inUse.isEmpty();
  }

  /** The trials that have not ended, and the parents that they go on from. */
  BitSet inUse() {
    return (BitSet) inUse.clone();
  }
}
