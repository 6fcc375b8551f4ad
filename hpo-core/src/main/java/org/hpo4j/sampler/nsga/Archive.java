package org.hpo4j.sampler.nsga;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the parents of a generation, and keeps from ask to ask what settled trials of one source
 * can contribute. The choice is that among all trials:
 *
 * <p>A trial that as many others as there are parents {@linkplain Individual#precedes precede} is
 * never chosen, since each of those has a better tier or a lower rank. It may be forgotten: of
 * those that precede a trial, as many as count here are kept themselves, because fewer precede each
 * of them. And what precedes one that is kept is kept, so that ranks and whole fronts are those of
 * all trials.
 */
final class Archive {

  private final int size;

  /** How many settled trials were taken in. */
  private int taken;

  private int constraints;
  private List<Entry> entries = new ArrayList<>();

  private @Nullable Population last;
  private int lastTaken;
  private int[] lastOthers = new int[0];

  /** A trial that may be chosen yet. */
  private static final class Entry {
    final Individual individual;
    int preceding;

    Entry(Individual individual, int preceding) {
      this.individual = individual;
      this.preceding = preceding;
    }
  }

  /** An archive for so many parents. */
  Archive(int size) {
    this.size = size;
  }

  /**
   * The best of the first ended trials.
   *
   * @param history of the same source at each call
   * @param ended how many of these count
   */
  Population select(TrialHistory history, int ended) {
    int settled = Math.min(ended, history.settledCount());
    if (settled < taken || constraints != history.constraintCount()) {
      forget();
      constraints = history.constraintCount();
    }
    for (; taken < settled; taken++) {
      if (history.state(taken) != TrialState.FAILED) {
        take(Individual.of(history, taken));
      }
    }
    int[] others = othersOf(history, ended);
    if (last == null || lastTaken != taken || !Arrays.equals(lastOthers, others)) {
      last = choose(history, others);
      lastTaken = taken;
      lastOthers = others;
    }
    return last;
  }

  private void forget() {
    taken = 0;
    entries = new ArrayList<>();
    last = null;
  }

  private void take(Individual individual) {
    int preceding = 0;
    int kept = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.individual.precedes(individual)) {
        preceding++;
      } else if (individual.precedes(entry.individual)) {
        entry.preceding++;
      }
      if (entry.preceding < size) {
        entries.set(kept++, entry);
      }
    }
    entries.subList(kept, entries.size()).clear();
    if (preceding < size) {
      entries.add(new Entry(individual, preceding));
    }
  }

  /** The first ended trials behind those that were taken in. */
  private int[] othersOf(TrialHistory history, int ended) {
    int[] others = new int[ended - taken];
    int count = 0;
    for (int trial = taken; count < others.length && trial < history.size(); trial++) {
      if (history.state(trial).isFinished()) {
        others[count++] = trial;
      }
    }
    return Arrays.copyOf(others, count);
  }

  private Population choose(TrialHistory history, int[] others) {
    List<Individual> candidates = new ArrayList<>(entries.size() + others.length);
    entries.forEach(entry -> candidates.add(entry.individual));
    for (int trial : others) {
      if (history.state(trial) != TrialState.FAILED) {
        candidates.add(Individual.of(history, trial));
      }
    }
    return Population.of(candidates, size);
  }
}
