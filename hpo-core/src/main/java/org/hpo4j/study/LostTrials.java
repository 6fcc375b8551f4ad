package org.hpo4j.study;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;

/** Finds trials that nobody runs any more. Called under the study's lock. */
final class LostTrials {

  private static final System.Logger LOG = System.getLogger(LostTrials.class.getName());

  /** How often a busy worker looks for trials of dead ones. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final GuardedStorage storage;
  private final Attempts attempts;
  private final Unrecorded unrecorded;
  private final Retries retries;
  private final InstantSource clock;

  /** Other objects of the study whose trials' ends could not be written. */
  private final Set<GuardedStorage> toldOf = new HashSet<>();

  private long lastLook = System.nanoTime();

  /** Whether trials were found that could not be recovered. */
  private boolean someAreLeft;

  LostTrials(GuardedStorage storage, StudyMonitor monitor, Retries retries, InstantSource clock) {
    this.storage = storage;
    this.attempts = monitor.attempts;
    this.unrecorded = monitor.unrecorded;
    this.retries = retries;
    this.clock = clock;
  }

  /** Remembers one that this process can neither end nor give back now. */
  void abandon(int number) {
    unrecorded.abandoned.add(number);
    storage.abandon(number);
  }

  /** {@link #recover}s, unless that was done a moment ago. */
  void recoverNowAndThen() {
    if (someAreLeft || System.nanoTime() - lastLook >= INTERVAL.toNanos()) {
      recover();
    }
  }

  /** {@link #recover}s where one may write; who only looks at a study need not. */
  void recoverIfPossible() {
    List<StudyChange> changes = find();
    try {
      write(changes);
    } catch (StorageException e) {
      someAreLeft = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "study {0} has trials whose workers died, which cannot be given back now: {1}",
          storage.name(),
          e.getMessage());
    }
  }

  /** Gives trials whose worker died back to the queue, or fails those that died too often. */
  void recover() {
    write(find());
  }

  private List<StudyChange> find() {
    storage.refreshForStart(false);
    writeStagedElsewhere();
    List<LostTrial> found = storage.lostTrials();
    if (!found.isEmpty()) {
      storage.refresh();
    }
    List<StudyChange> changes = new ArrayList<>();
    for (LostTrial lost : found) {
      changes.add(recovery(lost));
    }
    return changes;
  }

  /**
   * Writes what other objects of the study could not write at the end of their runs, and nobody may
   * ask them to. Where that fails, it is tried again with the next look.
   */
  private void writeStagedElsewhere() {
    List<GuardedStorage> others =
        unrecorded.staged.stream().filter(other -> other != storage).toList();
    for (GuardedStorage other : others) {
      try {
        other.commit(List.of(), Durability.DURABLE);
      } catch (StorageException e) {
        LOG.log(
            toldOf.add(other) ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
            "study {0}: what an earlier run has found could not be recorded: {1}",
            storage.name(),
            e.getMessage());
      }
    }
    if (!others.isEmpty()) {
      storage.refresh();
    }
  }

  private void write(List<StudyChange> changes) {
    if (!changes.isEmpty()) {
      storage.commit(changes, Durability.DURABLE);
    }
    for (int number : List.copyOf(unrecorded.abandoned)) {
      requeue(number);
      unrecorded.abandoned.remove(number);
    }
    someAreLeft = false;
    lastLook = System.nanoTime();
  }

  private void requeue(int number) {
    if (number >= storage.table().size()
        || storage.table().state(number) != TrialState.RUNNING
        || attempts.isRunning(number)) {
      // It has ended, or another worker has given it back and it has begun here again; or it was of
      // a study of the same name that was deleted.
      return;
    }
    try {
      storage.commit(List.of(new StudyChange.RequeueTrial(number)), Durability.DURABLE);
    } catch (TrialLostException e) {
      LOG.log(System.Logger.Level.DEBUG, "another worker was faster: {0}", e.getMessage());
    }
  }

  private StudyChange recovery(LostTrial lost) {
    int number = lost.number();
    long died = retries.failuresBefore(number, FailureReason.LOST) + 1;
    long attempts = retries.attempts(number);
    Outcome.Failed failure =
        new Outcome.Failed(
            FailureReason.LOST,
            died == attempts
                ? "its process died in each of " + attempts + " attempts"
                : "its process died in " + died + " of " + attempts + " attempts");
    boolean again = retries.isRetried(number, FailureReason.LOST);
    return new StudyChange.RecoverTrial(
        number,
        lost.owner(),
        again ? retries.attributes(number, died(lost)) : Map.of(),
        again ? Optional.empty() : Optional.of(failure),
        clock.instant());
  }

  private static Outcome.Failed died(LostTrial lost) {
    return new Outcome.Failed(FailureReason.LOST, "its worker died: " + lost.owner());
  }
}
