package org.hpo4j.study;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.LostTrial;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;

/**
 * How trials are born, change and end: the one place where sampler, pruner and storage meet. All of
 * it happens under one lock. Neither objectives nor listeners run under it; constraints, samplers
 * and pruners do, which are pure functions.
 */
final class TrialLifecycle {

  private static final System.Logger LOG = System.getLogger(TrialLifecycle.class.getName());

  private static final String ATTEMPTS = "hpo4j:attempts";

  /** How often a trial is started again after the process that ran it died. */
  private static final int MOST_ATTEMPTS = 3;

  final ReentrantLock lock = new ReentrantLock();

  /** Signalled when a trial has ended. */
  final Condition trialEnded = lock.newCondition();

  private final StudyStorage storage;
  private final TrialTable table;
  private final Pruner pruner;
  private final List<Goal> goals;
  private final List<String> constraints;
  private final Optional<ArtifactFolder> artifacts;
  private final Retention retention;
  private final InstantSource clock = InstantSource.system();
  private final TrialStarter starter;
  private final BestTrial best;

  /** The lag of the run that started a trial last; 0 for asap. */
  private int lag;

  /** Trials whose files this process has deleted: where some are kept, their folders stay. */
  private final BitSet cleared = new BitSet();

  /** Trials that ended here without a record, since the storage failed. */
  private final Set<Integer> abandoned = new TreeSet<>();

  TrialLifecycle(StudyStorage storage, StudySettings<?, ?> settings, long seed) {
    this.storage = storage;
    this.table = storage.table();
    this.pruner = settings.pruner();
    this.goals = settings.goals();
    this.constraints = settings.constraints();
    this.artifacts = settings.artifactFolder().map(root -> ArtifactFolder.of(root, storage.name()));
    this.retention = settings.retention();
    this.starter = new TrialStarter(storage, settings, seed, clock);
    this.best = new BestTrial(table);
  }

  List<Goal> goals() {
    return goals;
  }

  /** The names of the outcome constraints. */
  List<String> constraints() {
    return constraints;
  }

  Instant now() {
    return clock.instant();
  }

  /** Gives trials whose worker died back to the queue, or fails those that died too often. */
  void recoverLostTrials() {
    lock.lock();
    try {
      storage.refresh();
      List<StudyChange> changes = new ArrayList<>();
      for (LostTrial lost : storage.lostTrials()) {
        changes.add(recovery(lost));
      }
      for (int number : abandoned) {
        // Still this worker's own, as far as the storage knows.
        changes.add(new StudyChange.RequeueTrial(number));
      }
      if (!changes.isEmpty()) {
        storage.commit(changes, Durability.DURABLE);
        abandoned.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  private StudyChange recovery(LostTrial lost) {
    long attempts =
        table
            .systemAttribute(lost.number(), ATTEMPTS)
            .map(a -> ((Number) a).longValue())
            .orElse(1L);
    boolean again = attempts < MOST_ATTEMPTS;
    return new StudyChange.RecoverTrial(
        lost.number(),
        lost.owner(),
        again ? Map.of(ATTEMPTS, attempts + 1) : Map.of(),
        again
            ? Optional.empty()
            : Optional.of(
                new Outcome.Failed(
                    FailureReason.LOST, "its process died in each of " + attempts + " attempts")),
        now());
  }

  /** Starts the next trial. */
  TrialStarter.Start start(StartRequest request) {
    lock.lock();
    try {
      lag = request.lag();
      TrialStarter.Start start = starter.start(request);
      if (start instanceof TrialStarter.Start.Reused reused) {
        best.finished(reused.number());
        trialEnded.signalAll();
      }
      return start;
    } catch (StorageException e) {
      starter.takeBegun().ifPresent(abandoned::add);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  // ---- A running trial ----

  /**
   * The code of a value that was neither enqueued nor drawn jointly; {@linkplain #define defines}
   * the parameter.
   */
  double sampleIndependent(Parameter<?> parameter, TrialStart start) {
    lock.lock();
    try {
      table.define(parameter);
      return starter.sampleIndependent(parameter, start);
    } finally {
      lock.unlock();
    }
  }

  /** Checks that values can be enqueued; see {@link TrialStarter#requireEnqueueable}. */
  void requireEnqueueable(Map<String, ?> values) {
    lock.lock();
    try {
      starter.requireEnqueueable(values);
    } finally {
      lock.unlock();
    }
  }

  /** Checks that the name means this domain in the whole study. */
  void define(Parameter<?> parameter) {
    lock.lock();
    try {
      table.define(parameter);
    } finally {
      lock.unlock();
    }
  }

  void commit(List<StudyChange> changes) {
    lock.lock();
    try {
      storage.commit(changes, Durability.VISIBLE);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the pruner gives up the trial. */
  boolean shouldPrune(TrialStart start) {
    lock.lock();
    try {
      TrialHistory view = start.terms().ordered() ? start.view() : TrialHistory.of(table);
      ReportSeries reports = table.reports(start.number(), pruner.metric());
      return reports.size() > 0 && pruner.shouldPrune(view, start.number(), reports);
    } finally {
      lock.unlock();
    }
  }

  /** Copies a file into the trial's folder. */
  StudyChange attach(int number, String name, Path file) {
    Artifact artifact = artifactFolder().attach(number, name, file);
    return new StudyChange.SetTrialSystemAttribute(number, artifact.key(), artifact.value());
  }

  ArtifactFolder artifactFolder() {
    return artifacts.orElseThrow(
        () ->
            new IllegalStateException(
                "study '"
                    + storage.name()
                    + "' has no artifact folder: name one with artifacts(folder)"));
  }

  /**
   * Deletes the files that the retention policy gives up, unless a trial may still continue from
   * them; not under the lock.
   */
  void deleteExpiredFiles() {
    if (artifacts.isEmpty() || retention.keepsAll()) {
      return;
    }
    BitSet expired;
    lock.lock();
    try {
      expired = retention.expired(table);
      expired.andNot(starter.resumable(lag));
      expired.andNot(cleared);
    } finally {
      lock.unlock();
    }
    try {
      artifacts.get().delete(expired, retention::keepsAlways);
      lock.lock();
      try {
        cleared.or(expired);
      } finally {
        lock.unlock();
      }
    } catch (UncheckedIOException e) {
      // Files that stay too long are no reason to end a run.
      LOG.log(System.Logger.Level.WARNING, "files of trials could not be deleted", e);
    }
  }

  /** Records the end of a trial; it is durable when this returns. */
  void finish(int number, List<StudyChange> pending, Outcome outcome) {
    lock.lock();
    try {
      storage.commit(ending(number, pending, outcome), Durability.VISIBLE);
      ended(number);
    } finally {
      lock.unlock();
    }
    // Without the lock: threads that end trials at the same time share what it costs.
    storage.sync();
  }

  /**
   * Ends a trial for the samplers of this process; recorded with the start of the next trial, or
   * {@link #flush}, and durable after {@link #sync} then.
   */
  void finishWithNextCommit(int number, List<StudyChange> pending, Outcome outcome) {
    if (artifacts.isPresent() && !retention.keepsAll()) {
      // No file may go on account of an outcome that is not recorded.
      finish(number, pending, outcome);
      return;
    }
    lock.lock();
    try {
      storage.stage(ending(number, pending, outcome));
      ended(number);
    } finally {
      lock.unlock();
    }
  }

  private List<StudyChange> ending(int number, List<StudyChange> pending, Outcome outcome) {
    List<StudyChange> changes = new ArrayList<>(pending);
    changes.add(new StudyChange.FinishTrial(number, outcome, now()));
    return changes;
  }

  private void ended(int number) {
    best.finished(number);
    trialEnded.signalAll();
  }

  /** Records what waits for the next commit. */
  void flush() {
    lock.lock();
    try {
      storage.commit(List.of(), Durability.VISIBLE);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything recorded so far is durable. */
  void sync() {
    storage.sync();
  }

  /** A trial was taken from this worker: those who wait for it look again. */
  void lost() {
    lock.lock();
    try {
      trialEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Remembers a trial for {@link #recoverLostTrials}. */
  void abandon(int number) {
    lock.lock();
    try {
      abandoned.add(number);
      trialEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives a trial back to the queue: its thread was interrupted. */
  void release(int number, List<StudyChange> pending) {
    lock.lock();
    try {
      List<StudyChange> changes = new ArrayList<>(pending);
      changes.add(new StudyChange.RequeueTrial(number));
      storage.commit(changes, Durability.DURABLE);
      trialEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many trials with a higher number have ended. */
  int finishedAfter(int number) {
    lock.lock();
    try {
      int count = 0;
      for (int later = number + 1; later < table.size(); later++) {
        count += table.state(later).isFinished() ? 1 : 0;
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** The numbers of the trials that have started and not ended. */
  List<Integer> runningTrials() {
    lock.lock();
    try {
      List<Integer> running = new ArrayList<>();
      for (int number = table.finishedPrefix(); number < table.size(); number++) {
        if (table.state(number) == TrialState.RUNNING) {
          running.add(number);
        }
      }
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** How many trials have ended. */
  int finishedCount() {
    lock.lock();
    try {
      storage.refresh();
      return table.finishedCount();
    } finally {
      lock.unlock();
    }
  }

  /** The longest that a complete trial has taken. */
  Duration longestTrial() {
    lock.lock();
    try {
      Duration longest = Duration.ZERO;
      for (int number = 0; number < table.size(); number++) {
        if (table.state(number) == TrialState.COMPLETE) {
          Duration duration = table.freeze(number).duration().orElse(Duration.ZERO);
          longest = duration.compareTo(longest) > 0 ? duration : longest;
        }
      }
      return longest;
    } finally {
      lock.unlock();
    }
  }

  /** The number of the best complete trial, or -1. */
  int bestNumber() {
    lock.lock();
    try {
      storage.refresh();
      return best.number();
    } finally {
      lock.unlock();
    }
  }
}
