package org.hpo4j.sampler.hyperband;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The part of a history that a model can learn from: values after different amounts of training do
 * not compare, so it gets those of one resource, the largest that enough trials have had.
 *
 * <p>Source: Falkner, Klein and Hutter, "BOHB: robust and efficient hyperparameter optimization at
 * scale", ICML 2018, section 3: the model is that of the largest budget with enough observations.
 *
 * <p>A configuration is never shown twice. It has a value at the chosen resource at most once;
 * trials that run or have failed are shown too, whatever their resource, unless an ancestor of
 * theirs is shown already.
 */
final class ComparableTrials {

  private final TrialHistory history;
  private final int fullResource;

  /**
   * @param fullResource what a trial without a fidelity has had: one that was enqueued or imported
   */
  ComparableTrials(TrialHistory history, int fullResource) {
    this.history = history;
    this.fullResource = fullResource;
  }

  /**
   * The trials that compare.
   *
   * @param enough how many values a resource needs; if none has so many, the one with the most is
   *     taken, the largest of equals
   */
  TrialHistory select(int enough) {
    OptionalInt chosen = resource(enough);
    if (chosen.isEmpty()) {
      return history;
    }
    int[] selected = new int[history.size()];
    int count = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      if (isShown(trial, chosen.getAsInt())) {
        selected[count++] = trial;
      }
    }
    return history.select(Arrays.copyOf(selected, count));
  }

  private OptionalInt resource(int enough) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (int trial = 0; trial < history.size(); trial++) {
      if (hasValue(trial)) {
        counts.merge(resourceOf(trial), 1, Integer::sum);
      }
    }
    int most = 0;
    int chosen = 0;
    for (var entry : counts.descendingMap().entrySet()) {
      if (entry.getValue() >= enough) {
        return OptionalInt.of(entry.getKey());
      }
      if (entry.getValue() > most) {
        most = entry.getValue();
        chosen = entry.getKey();
      }
    }
    return most == 0 ? OptionalInt.empty() : OptionalInt.of(chosen);
  }

  private boolean hasValue(int trial) {
    return history.state(trial) == TrialState.COMPLETE || history.state(trial) == TrialState.PRUNED;
  }

  private int resourceOf(int trial) {
    return history.fidelity(trial).map(Fidelity::resource).orElse(fullResource);
  }

  private boolean isShown(int trial, int resource) {
    return hasValue(trial) ? resourceOf(trial) == resource : !hasShownAncestor(trial, resource);
  }

  private boolean hasShownAncestor(int trial, int resource) {
    OptionalInt ancestor = parent(trial);
    while (ancestor.isPresent()) {
      if (isShown(ancestor.getAsInt(), resource)) {
        return true;
      }
      ancestor = parent(ancestor.getAsInt());
    }
    return false;
  }

  private OptionalInt parent(int trial) {
    return history.fidelity(trial).map(Fidelity::parent).orElse(OptionalInt.empty());
  }
}
