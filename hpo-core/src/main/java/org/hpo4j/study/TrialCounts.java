package org.hpo4j.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/** How far a study's trials have come, as far as is known here. */
final class TrialCounts {

  private final StudyLock lock;
  private final StudyStorage storage;
  private final TrialTable table;

  TrialCounts(StudyLock lock, StudyStorage storage) {
    this.lock = lock;
    this.storage = storage;
    this.table = storage.table();
  }

  /** How many trials have ended. */
  int finished() {
    return lock.get(table::finishedCount);
  }

  /** How many trials with a higher number have ended. */
  int finishedAfter(int number) {
    return lock.get(
        () -> {
          int count = 0;
          for (int later = number + 1; later < table.size(); later++) {
            count += table.state(later).isFinished() ? 1 : 0;
          }
          return count;
        });
  }

  /** The numbers of the trials that have started and not ended. */
  List<Integer> running() {
    return lock.get(
        () -> {
          List<Integer> running = new ArrayList<>();
          for (int number = table.finishedPrefix(); number < table.size(); number++) {
            if (table.state(number) == TrialState.RUNNING) {
              running.add(number);
            }
          }
          return running;
        });
  }

  /** How many trials run in other processes or in other runs of this one. */
  int runningElsewhere(StudyMonitor.Run self) {
    return lock.get(
        () -> {
          int others = self.runningInOthers(table);
          return table.count(TrialState.RUNNING) > 0 ? others + storage.runningElsewhere() : others;
        });
  }

  /** The longest that a complete trial has taken. */
  Duration longest() {
    return lock.get(
        () -> {
          Duration longest = Duration.ZERO;
          for (int number = 0; number < table.size(); number++) {
            if (table.state(number) == TrialState.COMPLETE) {
              Duration duration = table.freeze(number).duration().orElse(Duration.ZERO);
              longest = duration.compareTo(longest) > 0 ? duration : longest;
            }
          }
          return longest;
        });
  }
}
