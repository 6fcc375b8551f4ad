package org.hpo4j.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hpo4j.storage.Storage;
import org.hpo4j.trial.TrialTable;

/**
 * What all objects of one study on one storage share, which to the storage are one worker: the lock
 * under which everything happens, and which trials their runs have begun.
 */
final class StudyMonitor {

  private static final Map<Storage, Map<String, StudyMonitor>> MONITORS = new WeakHashMap<>();

  final ReentrantLock lock = new ReentrantLock();

  /** Signalled when a trial has ended. */
  final Condition trialEnded = lock.newCondition();

  /** Those that have begun a trial and are not over. */
  private final List<Run> runs = new ArrayList<>();

  private StudyMonitor() {}

  static StudyMonitor of(Storage storage, String study) {
    synchronized (MONITORS) {
      return MONITORS
          .computeIfAbsent(storage, unused -> new HashMap<>())
          .computeIfAbsent(study, unused -> new StudyMonitor());
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
