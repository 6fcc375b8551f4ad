package org.hpo4j.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Condition;
import org.hpo4j.storage.Storage;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialTable;

/**
 * What all objects of one study on one storage share, which to the storage are one worker: the lock
 * under which everything happens, which trials their runs have begun, which attempts at them may
 * still write, and what is still to be recorded.
 */
final class StudyMonitor {

  private static final Map<Storage, Map<String, StudyMonitor>> MONITORS = new WeakHashMap<>();

  final StudyLock lock = new StudyLock();

  /** Signalled when a trial has ended. */
  final Condition trialEnded = lock.newCondition();

  /** Those that have begun a trial and are not over. */
  private final List<Run> runs = new ArrayList<>();

  /** The attempts at trials that may write of them: of each trial the one that began last here. */
  final Attempts attempts = new Attempts();

  final Unrecorded unrecorded = new Unrecorded();

  /** The trial whose objective runs in a thread. */
  private final ThreadLocal<Integer> evaluated = new ThreadLocal<>();

  private StudyMonitor() {}

  static StudyMonitor of(Storage storage, String study) {
    synchronized (MONITORS) {
      return MONITORS
          .computeIfAbsent(storage, unused -> new HashMap<>())
          .computeIfAbsent(study, unused -> new StudyMonitor());
    }
  }

  /**
   * Evaluates a trial in this thread.
   *
   * @throws X what the objective throws
   */
  <X extends Exception> Outcome evaluate(Evaluation<X> objective, Trial trial) throws X {
    evaluated.set(trial.number());
    try {
      return objective.evaluate(trial);
    } finally {
      evaluated.remove();
    }
  }

  /** A run that an objective of the same study begins would wait for the objective's trial. */
  void requireOutsideObjective(String study) {
    Integer trial = evaluated.get();
    if (trial != null) {
      throw new IllegalStateException(
          "study '"
              + study
              + "': optimize was called by the objective of its own trial "
              + trial
              + "; an objective may run other studies, but not the one that it is evaluated for");
    }
  }

  /** A run as the others see it. Called under the lock. */
  final class Run {

    /**
     * The trials that it has begun and not left. One that has ended stays: another object of the
     * study may take a while to see that.
     */
    private final BitSet begun = new BitSet();

    void begin(int number) {
      if (!runs.contains(this)) {
        runs.add(this);
      }
      begun.set(number);
    }

    /** The trial has not ended, and this run will not end it. */
    void leave(int number) {
      begun.clear(number);
    }

    /** Nothing runs here any more. */
    void over() {
      runs.remove(this);
    }

    /** Whether there may be others. */
    boolean isAlone() {
      return runs.isEmpty() || (runs.size() == 1 && runs.get(0) == this);
    }

    /** How many trials the others run, by what the table shows of their ends. */
    int runningInOthers(TrialTable table) {
      int count = 0;
      for (Run other : runs) {
        if (other != this) {
          count += other.running(table);
        }
      }
      return count;
    }

    private int running(TrialTable table) {
      int count = 0;
      int first = begun.nextSetBit(table.finishedPrefix());
      for (int number = first; number >= 0; number = begun.nextSetBit(number + 1)) {
        // A trial that the table does not have yet has just begun.
        count += number >= table.size() || !table.state(number).isFinished() ? 1 : 0;
      }
      return count;
    }
  }
}
