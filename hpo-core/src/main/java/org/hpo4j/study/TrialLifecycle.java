package org.hpo4j.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

  /** A process that is too late again and again pauses for up to half a second at last. */
  private static final int MOST_DOUBLINGS = 9;

  final ReentrantLock lock;

  /** Signalled when a trial has ended. */
  final Condition trialEnded;

  /** Never signalled: whoever waits for it lets others have the lock. */
  private final Condition nothing;

  private final StudyMonitor monitor;
  private final Attempts attempts;

  private int timesTooLate;

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
  private final boolean usesHistory;

  /** The lag of the run that started a trial last; 0 for asap. */
  private int lag;

  /** What has to be recorded before a trial starts. */
  private Runnable settings = () -> {};

  TrialLifecycle(StudyStorage kept, StudySettings<?, ?> settings, long seed) {
    this.monitor = StudyMonitor.of(settings.storageOrMemory(), kept.name());
    this.lock = monitor.lock;
    this.trialEnded = monitor.trialEnded;
    this.nothing = lock.newCondition();
    this.storage = new GuardedStorage(kept);
    this.table = storage.table();
    this.pruner = settings.pruner();
    this.clock = settings.clock();
    this.goals = settings.goals();
    this.constraints = settings.constraints();
    this.files = new TrialFiles(storage.name(), settings);
    this.usesHistory = settings.usesHistory() || files.mayExpire();
    Retries retries = new Retries(table, settings.retries());
    this.attempts = monitor.attempts;
    this.lostTrials = new LostTrials(storage, attempts, retries, clock);
    this.starter = new TrialStarter(storage, settings, seed, clock);
    this.best = new BestTrial(table);
    this.ends = new TrialEnds(storage, retries, best, clock);
  }

  /** Lets no trial start before something has been done; asked for each time. */
  void startsAfter(Runnable record) {
    lock.lock();
    try {
      settings = record;
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      lostTrials.recover();
    } finally {
      lock.unlock();
    }
  }

  /** The same where one may write; otherwise that is left to a run. */
  void recoverLostTrialsIfPossible() {
    lock.lock();
    try {
      lostTrials.recoverIfPossible();
    } finally {
      lock.unlock();
    }
  }

  /** The same, unless that was done within the last second. */
  void recoverLostTrialsNowAndThen() {
    lock.lock();
    try {
      lostTrials.recoverNowAndThen();
    } finally {
      lock.unlock();
    }
  }

  /** Takes in what other processes have written. */
  void refresh() {
    lock.lock();
    try {
      storage.refresh();
    } finally {
      lock.unlock();
    }
  }

  /** The same as far as the start of a trial should know it. */
  void refreshForStart(boolean needsOutcomes) {
    lock.lock();
    try {
      storage.refreshForStart(needsOutcomes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts the next trial by what the last {@link #refresh} has shown. If another process was
   * faster, it is left alone for a moment, without the lock; for longer if that happens again.
   */
  TrialStarter.Start start(StartRequest request) {
    lock.lock();
    try {
      settings.run();
      lag = request.lag();
      long others = storage.turnOfOthers().toNanos();
      // Whoever was interrupted cannot wait here, and would ask again and again.
      if (others > 0 && !Thread.currentThread().isInterrupted()) {
        storage.commit(List.of(), Durability.VISIBLE);
        rest(others, request);
        return new TrialStarter.Start.TooLate();
      }
      TrialStarter.Start start = starter.start(request);
      if (start instanceof TrialStarter.Start.Started started) {
        attempts.begin(started.trial());
      }
      if (start instanceof TrialStarter.Start.Reused reused) {
        best.finished(reused.number());
        trialEnded.signalAll();
      }
      if (start instanceof TrialStarter.Start.TooLate) {
        letOthers(request);
      } else {
        timesTooLate = Math.max(0, timesTooLate - 1);
      }
      return start;
    } catch (TrialLostException e) {
      // It was taken for lost before anybody was given it: this process stood still.
      starter.takeBegun().ifPresent(attempts::end);
      LOG.log(System.Logger.Level.WARNING, e.getMessage());
      return new TrialStarter.Start.TooLate();
    } catch (StorageException e) {
      starter.takeBegun().ifPresent(this::abandonBegun);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void abandonBegun(int number) {
    attempts.end(number);
    lostTrials.abandon(number);
  }

  /** Trying again at once would mostly be in vain, and slow those down that are faster. */
  private void letOthers(StartRequest request) {
    timesTooLate = Math.min(timesTooLate + 1, MOST_DOUBLINGS);
    long longest = TimeUnit.MILLISECONDS.toNanos(1L << timesTooLate);
    rest(ThreadLocalRandom.current().nextLong(longest / 2, longest), request);
  }

  /** Waits without the lock, but not for longer than a trial may be started. */
  private void rest(long nanos, StartRequest request) {
    long rest = Math.min(nanos, request.timeLeft().toNanos());
    try {
      while (rest > 0) {
        rest = nothing.awaitNanos(rest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
      requireDefinable(parameter, start);
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

  /** Whether a user of this library has put a trial in the queue, here or in another process. */
  boolean wasEnqueuedHere(int number) {
    lock.lock();
    try {
      return table.systemAttribute(number, TrialTable.ENQUEUED_HERE).isPresent();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Checks that the name means this domain in the whole study, and that the storage can keep it.
   */
  void define(Parameter<?> parameter, TrialStart start) {
    lock.lock();
    try {
      requireDefinable(parameter, start);
    } finally {
      lock.unlock();
    }
  }

  private void requireDefinable(Parameter<?> parameter, TrialStart start) {
    if (table.columnOf(parameter.name()) < 0) {
      storage.requireStorable(new StudyChange.SetParameter(start.number(), parameter, Double.NaN));
    }
    table.define(parameter);
  }

  /** Checks that a change can be kept; see {@link StudyStorage#requireStorable}. */
  void requireStorable(StudyChange change) {
    lock.lock();
    try {
      storage.requireStorable(change);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes changes of a running trial.
   *
   * @throws TrialLostException if it was taken for lost
   */
  void commit(TrialStart attempt, List<StudyChange> changes) {
    lock.lock();
    try {
      requireRunning(attempt, () -> changes);
      storage.commit(changes, Durability.VISIBLE);
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      return attempts.isRunning(attempt);
    } finally {
      lock.unlock();
    }
  }

  /** The trial is not this attempt's any more. */
  void lost(TrialStart attempt) {
    lock.lock();
    try {
      attempts.end(attempt);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the pruner gives up the trial. */
  boolean shouldPrune(TrialStart start) {
    lock.lock();
    try {
      if (!attempts.isRunning(start)) {
        // The reports are those of a later attempt.
        return true;
      }
      TrialHistory view = start.terms().ordered() ? start.view() : TrialHistory.of(table);
      ReportSeries reports = table.reports(start.number(), pruner.metric());
      return reports.size() > 0 && pruner.shouldPrune(view, start.number(), reports);
    } finally {
      lock.unlock();
    }
  }

  /** The files of the study's trials. */
  TrialFiles files() {
    return files;
  }

  /**
   * Deletes the files that the retention policy gives up, unless a trial may still continue from
   * them; not under the lock.
   */
  void deleteExpiredFiles() {
    if (!files.mayExpire()) {
      return;
    }
    BitSet expired;
    lock.lock();
    try {
      expired = files.expired(table);
      expired.andNot(starter.resumable(lag));
    } finally {
      lock.unlock();
    }
    if (files.delete(expired)) {
      lock.lock();
      try {
        files.cleared(expired);
      } finally {
        lock.unlock();
      }
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
    lock.lock();
    try {
      requireRunning(attempt, () -> ends.ending(attempt.number(), pending, outcome));
      boolean finished = ending.end(attempt.number(), pending, outcome);
      attempts.end(attempt);
      trialEnded.signalAll();
      return finished;
    } finally {
      lock.unlock();
    }
  }

  /** One of the ways in which {@link TrialEnds} ends a trial. */
  @FunctionalInterface
  private interface Ending {
    boolean end(int number, List<StudyChange> pending, Outcome outcome);
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

  /** Remembers a trial for {@link #recoverLostTrials}. */
  void abandon(TrialStart attempt) {
    lock.lock();
    try {
      if (attempts.isRunning(attempt)) {
        attempts.end(attempt);
        lostTrials.abandon(attempt.number());
      }
      trialEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives a trial back to the queue: its thread was interrupted. */
  void release(TrialStart attempt, List<StudyChange> pending) {
    lock.lock();
    try {
      requireRunning(attempt, () -> pending);
      ends.requeue(attempt.number(), pending, Durability.DURABLE);
      attempts.end(attempt);
      trialEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives a trial back to the queue while its objective goes on, which from now on is told nothing
   * and believed nothing.
   *
   * @return false if it has ended, or is not this worker's any more
   */
  boolean withdraw(int number) {
    lock.lock();
    try {
      if (table.state(number) != TrialState.RUNNING) {
        return false;
      }
      ends.requeue(number, List.of(), Durability.VISIBLE);
      storage.withdraw(number);
      return true;
    } catch (TrialLostException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Whether trials were withdrawn, since the process ends. */
  boolean isWithdrawing() {
    lock.lock();
    try {
      return storage.isWithdrawing();
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

  /** How many trials have ended, by what is known here. */
  int finishedCount() {
    lock.lock();
    try {
      return table.finishedCount();
    } finally {
      lock.unlock();
    }
  }

  /** What is shared with the other objects of this study in this process. */
  StudyMonitor monitor() {
    return monitor;
  }

  /**
   * How many trials run in other processes or in other runs of this one, as far as is known here.
   */
  int runningElsewhere(StudyMonitor.Run self) {
    lock.lock();
    try {
      int others = self.runningInOthers(table);
      return table.count(TrialState.RUNNING) > 0 ? others + storage.runningElsewhere() : others;
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
