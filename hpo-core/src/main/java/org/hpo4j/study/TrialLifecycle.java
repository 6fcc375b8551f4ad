package org.hpo4j.study;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;
import org.hpo4j.pruner.Pruner;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
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

  final StudyLock lock;

  /** Signalled when a trial has ended. */
  final Condition trialEnded;

  private final StudyMonitor monitor;
  private final Attempts attempts;
  private final StartPauses pauses;

  private final GuardedStorage storage;
  private final TrialTable table;
  private final Pruner pruner;
  private final List<Goal> goals;
  private final List<String> constraints;
  private final TrialFiles files;
  private final StudyClock clock;
  private final LostTrials lostTrials;
  private final TrialStarter starter;
  private final BestTrial best;
  private final TrialEnds ends;
  private final TrialCounts counts;
  private final boolean usesHistory;

  /** The lag of the run that started a trial last; 0 for asap. */
  private int lag;

  /** What has to be recorded before a trial starts. */
  private Runnable settings = () -> {};

  TrialLifecycle(StudyStorage kept, StudySettings<?, ?> settings, long seed) {
    this.monitor = StudyMonitor.of(settings.storageOrMemory(), kept.name());
    this.lock = monitor.lock;
    this.trialEnded = monitor.trialEnded;
    this.pauses = new StartPauses(lock);
    this.storage = new GuardedStorage(kept, monitor.unrecorded);
    this.table = storage.table();
    this.counts = new TrialCounts(lock, storage);
    this.pruner = settings.pruner();
    this.clock = settings.clock();
    this.goals = settings.goals();
    this.constraints = settings.constraints();
    table.declareConstraints(constraints.size());
    this.files = new TrialFiles(storage.name(), settings);
    this.usesHistory = settings.usesHistory() || files.mayExpire();
    Retries retries = new Retries(table, settings.retries());
    this.attempts = monitor.attempts;
    this.lostTrials = new LostTrials(storage, monitor, retries, clock);
    this.starter = new TrialStarter(storage, settings, seed, clock);
    this.best = new BestTrial(table);
    this.ends = new TrialEnds(storage, retries, best, clock);
  }

  /** Lets no trial start before something has been done; asked for each time. */
  void startsAfter(Runnable record) {
    lock.run(() -> settings = record);
  }

  List<Goal> goals() {
    return goals;
  }

  /** The names of the outcome constraints. */
  List<String> constraints() {
    return constraints;
  }

  StudyClock clock() {
    return clock;
  }

  /** Whether anything of this study goes by how the trials of others have ended. */
  boolean usesHistory() {
    return usesHistory;
  }

  /** The study's storage, to be used under the lock. */
  StudyStorage storage() {
    return storage;
  }

  /** Gives trials whose worker died back to the queue, or fails those that died too often. */
  void recoverLostTrials() {
    lock.run(lostTrials::recover);
  }

  /** The same where one may write; otherwise that is left to a run. */
  void recoverLostTrialsIfPossible() {
    lock.run(lostTrials::recoverIfPossible);
  }

  /** The same, unless that was done within the last second. */
  void recoverLostTrialsNowAndThen() {
    lock.run(lostTrials::recoverNowAndThen);
  }

  /** Takes in what other processes have written. */
  void refresh() {
    lock.run(storage::refresh);
  }

  /** The same as far as the start of a trial should know it. */
  void refreshForStart(boolean needsOutcomes) {
    lock.run(() -> storage.refreshForStart(needsOutcomes));
  }

  /**
   * Starts the next trial by what the last {@link #refresh} has shown. If another process was
   * faster again and again, it is left alone for a moment, without the lock.
   */
  TrialStarter.Start start(StartRequest request) {
    return lock.get(
        () -> {
          try {
            settings.run();
            lag = request.lag();
            return startOrPause(request);
          } catch (TrialLostException e) {
            // It was taken for lost before anybody was given it: this process stood still.
            starter.takeBegun().ifPresent(attempts::end);
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
            return new TrialStarter.Start.TooLate();
          } catch (StorageException e) {
            starter.takeBegun().ifPresent(this::abandonBegun);
            throw e;
          }
        });
  }

  private TrialStarter.Start startOrPause(StartRequest request) {
    long others = storage.turnOfOthers().toNanos();
    // Whoever was interrupted cannot wait here, and would ask again and again.
    if (others > 0 && !Thread.currentThread().isInterrupted()) {
      storage.commit(List.of(), Durability.VISIBLE);
      pauses.rest(others, request);
      return new TrialStarter.Start.TooLate();
    }
    long began = clock.nanos();
    TrialStarter.Start start = starter.start(request);
    if (start instanceof TrialStarter.Start.Started started) {
      attempts.begin(started.trial());
    }
    if (start instanceof TrialStarter.Start.Reused reused) {
      best.finished(reused.number());
      trialEnded.signalAll();
    }
    if (!(start instanceof TrialStarter.Start.TooLate)) {
      pauses.inTime();
    } else if (!storage.hasAskedForStart()) {
      pauses.tooLate(request, clock.nanos() - began);
    }
    return start;
  }

  private void abandonBegun(int number) {
    attempts.end(number);
    lostTrials.abandon(number);
  }

  // ---- A running trial ----

  /**
   * The code of a value that was neither enqueued nor drawn jointly; {@linkplain #define defines}
   * the parameter.
   */
  double sampleIndependent(Parameter<?> parameter, TrialStart start) {
    return lock.get(
        () -> {
          requireDefinable(parameter, start);
          return starter.sampleIndependent(parameter, start);
        });
  }

  /** Checks that values can be enqueued; see {@link TrialStarter#requireEnqueueable}. */
  void requireEnqueueable(Map<String, ?> values) {
    lock.run(() -> starter.requireEnqueueable(values));
  }

  /** Whether a user of this library has put a trial in the queue, here or in another process. */
  boolean wasEnqueuedHere(int number) {
    return lock.get(() -> table.systemAttribute(number, TrialTable.ENQUEUED_HERE).isPresent());
  }

  /**
   * Checks that the name means this domain in the whole study, and that the storage can keep it.
   */
  void define(Parameter<?> parameter, TrialStart start) {
    lock.run(() -> requireDefinable(parameter, start));
  }

  private void requireDefinable(Parameter<?> parameter, TrialStart start) {
    if (table.columnOf(parameter.name()) < 0) {
      storage.requireStorable(new StudyChange.SetParameter(start.number(), parameter, Double.NaN));
    }
    table.define(parameter);
  }

  /** Checks that a change can be kept; see {@link StudyStorage#requireStorable}. */
  void requireStorable(StudyChange change) {
    lock.run(() -> storage.requireStorable(change));
  }

  /**
   * Writes changes of a running trial.
   *
   * @throws TrialLostException if it was taken for lost
   */
  void commit(TrialStart attempt, List<StudyChange> changes) {
    lock.run(
        () -> {
          requireRunning(attempt, () -> changes);
          storage.commit(changes, Durability.VISIBLE);
        });
  }

  /** Refuses what is written of an attempt whose trial has begun again here. */
  private void requireRunning(TrialStart attempt, Supplier<List<StudyChange>> changes) {
    if (!attempts.isRunning(attempt)) {
      storage.noteRefused(attempt.number(), changes.get());
      throw new TrialLostException(
          attempt.number(),
          "trial "
              + attempt.number()
              + " was taken for lost and has begun again in this process; what its earlier attempt"
              + " still tells is not recorded");
    }
  }

  /** Whether the trial is still this attempt's, as far as is known here. */
  boolean isRunning(TrialStart attempt) {
    return lock.get(() -> attempts.isRunning(attempt));
  }

  /** The trial is not this attempt's any more. */
  void lost(TrialStart attempt) {
    lock.run(() -> attempts.end(attempt));
  }

  /** Whether the pruner gives up the trial. */
  boolean shouldPrune(TrialStart start) {
    return lock.get(
        () -> {
          if (!attempts.isRunning(start)) {
            // The reports are those of a later attempt.
            return true;
          }
          TrialHistory view = start.terms().ordered() ? start.view() : TrialHistory.of(table);
          ReportSeries reports = table.reports(start.number(), pruner.metric());
          return reports.size() > 0 && pruner.shouldPrune(view, start.number(), reports);
        });
  }

  /** The files of the study's trials. */
  TrialFiles files() {
    return files;
  }

  /** A file of a trial, by what is known here. */
  Optional<Path> artifact(int number, String name) {
    return lock.get(() -> files.find(table, number, name));
  }

  /**
   * Deletes the files that the retention policy gives up, unless a trial may still continue from
   * them; not under the lock.
   */
  void deleteExpiredFiles() {
    if (!files.mayExpire()) {
      return;
    }
    BitSet expired =
        lock.get(
            () -> {
              BitSet given = files.expired(table);
              given.andNot(starter.resumable(lag));
              return given;
            });
    if (files.delete(expired)) {
      lock.run(() -> files.cleared(expired));
    }
  }

  /**
   * Records the outcome of a trial; it is durable after {@link #sync}.
   *
   * @return false if the trial waits again, since failures of this kind are retried
   * @throws TrialLostException if it was taken for lost
   */
  boolean finish(TrialStart attempt, List<StudyChange> pending, Outcome outcome) {
    return end(attempt, pending, outcome, ends::finish);
  }

  /**
   * Ends a trial for the samplers of this process; recorded with the start of the next trial, or
   * {@link #flush}, and durable after {@link #sync} then.
   *
   * @return as {@link #finish}
   * @throws TrialLostException as {@link #finish}
   */
  boolean finishWithNextCommit(TrialStart attempt, List<StudyChange> pending, Outcome outcome) {
    return end(attempt, pending, outcome, ends::stage);
  }

  private boolean end(
      TrialStart attempt, List<StudyChange> pending, Outcome outcome, Ending ending) {
    return lock.get(
        () -> {
          requireRunning(attempt, () -> ends.ending(attempt.number(), pending, outcome));
          boolean finished = ending.end(attempt.number(), pending, outcome);
          attempts.end(attempt);
          trialEnded.signalAll();
          return finished;
        });
  }

  /** One of the ways in which {@link TrialEnds} ends a trial. */
  @FunctionalInterface
  private interface Ending {
    boolean end(int number, List<StudyChange> pending, Outcome outcome);
  }

  /** Records what waits for the next commit. */
  void flush() {
    lock.run(() -> storage.commit(List.of(), Durability.VISIBLE));
  }

  /** Waits until everything recorded so far is durable. */
  void sync() {
    storage.sync();
  }

  /** Remembers a trial for {@link #recoverLostTrials}. */
  void abandon(TrialStart attempt) {
    lock.run(
        () -> {
          if (attempts.isRunning(attempt)) {
            attempts.end(attempt);
            lostTrials.abandon(attempt.number());
          }
          trialEnded.signalAll();
        });
  }

  /** Gives a trial back to the queue: its thread was interrupted. */
  void release(TrialStart attempt, List<StudyChange> pending) {
    lock.run(
        () -> {
          requireRunning(attempt, () -> pending);
          ends.requeue(attempt.number(), pending, Durability.DURABLE);
          attempts.end(attempt);
          trialEnded.signalAll();
        });
  }

  /**
   * Gives a trial back to the queue while its objective goes on, which from now on is told nothing
   * and believed nothing.
   *
   * @return false if it has ended, or is not this worker's any more
   */
  boolean withdraw(int number) {
    return lock.get(
        () -> {
          try {
            if (table.state(number) != TrialState.RUNNING) {
              return false;
            }
            ends.requeue(number, List.of(), Durability.VISIBLE);
            storage.withdraw(number);
            return true;
          } catch (TrialLostException e) {
            return false;
          }
        });
  }

  /** Whether trials were withdrawn, since the process ends. */
  boolean isWithdrawing() {
    return lock.get(storage::isWithdrawing);
  }

  /** What is shared with the other objects of this study in this process. */
  StudyMonitor monitor() {
    return monitor;
  }

  /** How far the trials have come. */
  TrialCounts counts() {
    return counts;
  }

  /** The number of the best complete trial, or -1. */
  int bestNumber() {
    return lock.get(
        () -> {
          storage.refresh();
          return best.number();
        });
  }
}
