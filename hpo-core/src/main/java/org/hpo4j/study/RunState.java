package org.hpo4j.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.hpo4j.storage.StorageException;

/** How far a run has come, and whether it goes on. Guarded by the study's lock. */
final class RunState {

  private static final System.Logger LOG = System.getLogger(RunState.class.getName());

  /** After so many waits in vain, of 1, 2, 4 ... milliseconds, one lasts a second. */
  private static final int LONGEST_WAIT = 10;

  /** After so many seconds without a trial to start, the log says what is waited for. */
  private static final int PATIENCE_SECONDS = 60;

  private final String study;
  private final TrialLifecycle lifecycle;
  private final TimeLimits limits;
  private final StartRequest request;
  private final int target;
  private final FailureStreak failures;

  /** Whether it matters how the trials of other processes have ended, and not only how many. */
  private final boolean usesOutcomes;

  /** The trials that run here, each with its thread. */
  private final Map<Integer, Thread> running = new TreeMap<>();

  /** The same, as other runs of this process see it. */
  private final StudyMonitor.Run run;

  private boolean stopped;
  private int secondsWaited;
  private Optional<Throwable> failure = Optional.empty();
  private boolean interrupted;

  /** With whether each trial runs only after {@link TrialLifecycle#sync}. */
  RunState(String study, TrialLifecycle lifecycle, RunOptions options, boolean synced) {
    this.study = study;
    this.lifecycle = lifecycle;
    this.run = lifecycle.monitor().new Run();
    this.usesOutcomes =
        options.lag() > 0
            || !options.listeners().isEmpty()
            || !options.stopConditions().isEmpty()
            || lifecycle.usesHistory();
    lifecycle.refreshForStart(usesOutcomes || options.goesByEarlierTrials());
    this.limits = new TimeLimits(options, lifecycle);
    this.target = options.targetCount(lifecycle.counts().finished());
    this.failures = new FailureStreak(options);
    this.request =
        new StartRequest(
            options.lag(),
            options.trialTimeLimit(),
            target < Integer.MAX_VALUE ? OptionalInt.of(target) : OptionalInt.empty(),
            limits::left,
            synced);
  }

  // ---- Starting ----

  /** A trial that runs now, in this thread, or has ended at once; empty when the run is over. */
  Optional<TrialStarter.Start> startNext() throws InterruptedException {
    lifecycle.lock.lockInterruptibly();
    try {
      Optional<TrialStarter.Start> next = next(0);
      boolean synced = false;
      for (int waits = 0; isWait(next); next = next(waits)) {
        if (synced) {
          waits = awaitEnd(waits) ? 0 : waits + 1;
        } else {
          // The wait may last as long as a training.
          syncUnlocked();
          synced = true;
        }
      }
      return next;
    } finally {
      lifecycle.lock.unlock();
    }
  }

  /**
   * The same, but {@link TrialStarter.Start.Wait} where there is nothing to start yet.
   *
   * @param waits how often {@link #awaitChange} was called in vain
   */
  Optional<TrialStarter.Start> startNextIfAny(int waits) throws InterruptedException {
    lifecycle.lock.lockInterruptibly();
    try {
      return next(waits);
    } finally {
      lifecycle.lock.unlock();
    }
  }

  /**
   * Waits for a moment.
   *
   * @param waits how often that was done in vain
   * @return whether a trial has ended here
   */
  boolean awaitChange(int waits) throws InterruptedException {
    lifecycle.lock.lockInterruptibly();
    try {
      return awaitEnd(waits);
    } finally {
      lifecycle.lock.unlock();
    }
  }

  static boolean isWait(Optional<TrialStarter.Start> start) {
    return start.isPresent() && start.get() instanceof TrialStarter.Start.Wait;
  }

  private Optional<TrialStarter.Start> next(int waits) {
    while (mayStart(waits > 0)) {
      TrialStarter.Start start = isNeeded() ? start() : new TrialStarter.Start.Wait();
      if (start instanceof TrialStarter.Start.Started started) {
        running.put(started.trial().number(), Thread.currentThread());
        run.begin(started.trial().number());
        return Optional.of(start);
      }
      if (start instanceof TrialStarter.Start.Reused) {
        return Optional.of(start);
      }
      if (start instanceof TrialStarter.Start.Exhausted exhausted && running.isEmpty()) {
        LOG.log(System.Logger.Level.INFO, "study {0} ends: {1}", study, exhausted.reason());
        stop();
      } else if (!(start instanceof TrialStarter.Start.TooLate)) {
        // What runs here may fail and wait to be tried again; and somebody else may wait for what
        // has ended here.
        lifecycle.flush();
        return Optional.of(new TrialStarter.Start.Wait());
      }
    }
    return Optional.empty();
  }

  /** Others start and end trials meanwhile, so that afterwards there may be one to start. */
  private void syncUnlocked() {
    lifecycle.lock.unlock();
    try {
      lifecycle.sync();
    } finally {
      lifecycle.lock.lock();
    }
  }

  /**
   * Waits for the end of a trial. What ends in another process can only be looked for: soon at
   * first, then every second.
   *
   * @param waits how often it was looked for in vain
   * @return whether one has ended here
   */
  @SuppressWarnings("WaitNotInLoop") // the caller asks again what it waits for
  private boolean awaitEnd(int waits) throws InterruptedException {
    long longest = Math.min(1_000, Math.max(1, request.timeLeft().toMillis()));
    long millis = Math.min(1L << Math.min(waits, LONGEST_WAIT), longest);
    if (lifecycle.trialEnded.await(millis, TimeUnit.MILLISECONDS)) {
      return true;
    }
    if (waits >= LONGEST_WAIT) {
      tellPatience();
    }
    return false;
  }

  /** A storage that fails once is asked again. */
  private TrialStarter.Start start() {
    try {
      return lifecycle.start(request);
    } catch (StorageException first) {
      try {
        // What began and was given to nobody waits again.
        lifecycle.recoverLostTrials();
        lifecycle.refresh();
        return isNeeded() ? lifecycle.start(request) : new TrialStarter.Start.Wait();
      } catch (StorageException second) {
        first.addSuppressed(second);
        throw first;
      }
    }
  }

  /** How many trials are still to end, but for those that run here. */
  private int missing() {
    return target - lifecycle.counts().finished() - running.size();
  }

  /** Whether those that run elsewhere are not enough. */
  private boolean isNeeded() {
    return missing() > lifecycle.counts().runningElsewhere(run);
  }

  /**
   * Whether a trial may be started, if it is needed.
   *
   * @param waits whether this run waits for the trials of others
   */
  private boolean mayStart(boolean waits) {
    if (stopped) {
      return false;
    }
    lifecycle.recoverLostTrialsNowAndThen();
    // Last, since a start goes by what is counted here.
    lifecycle.refreshForStart(usesOutcomes || waits || !run.isAlone());
    return missing() > 0 && limits.allowStart();
  }

  private void tellPatience() {
    if (++secondsWaited % PATIENCE_SECONDS == 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "study {0} waits for trials {1} to end",
          study,
          lifecycle.counts().running());
    }
  }

  // ---- Ending ----

  /** A trial that ran here has ended and counts. */
  void ended(EndedTrial trial) {
    lifecycle.lock.run(
        () -> {
          running.remove(trial.number());
          limits.took(trial.duration());
          failures.ended(trial).ifPresent(this::fail);
          lifecycle.trialEnded.signalAll();
        });
  }

  /** A trial that was to run here never began: the storage could not keep it. */
  void abandoned(TrialStart attempt) {
    lifecycle.abandon(attempt);
    left(attempt.number());
  }

  /**
   * A trial runs in this thread no more, and has not ended: it waits, or is another worker's, or
   * another thread has begun it again.
   */
  void left(int number) {
    lifecycle.lock.run(
        () -> {
          if (running.remove(number, Thread.currentThread())) {
            run.leave(number);
          }
          lifecycle.trialEnded.signalAll();
        });
  }

  /** Starts no more trials. */
  void stop() {
    lifecycle.lock.run(
        () -> {
          stopped = true;
          lifecycle.trialEnded.signalAll();
        });
  }

  /**
   * Starts no more trials; what happened first is what the run fails by. Only an interrupt, which
   * is no failure, gives way to one.
   */
  void fail(Throwable thrown) {
    lifecycle.lock.run(
        () -> {
          stop();
          if (thrown instanceof InterruptedException) {
            interrupted = true;
          } else if (failure.isEmpty()) {
            failure = Optional.of(thrown);
          } else if (failure.get() != thrown) {
            failure.get().addSuppressed(thrown);
          }
        });
  }

  /** Nothing of this run is still to be recorded. */
  void close() {
    lifecycle.lock.run(
        () -> {
          run.over();
          lifecycle.trialEnded.signalAll();
        });
  }

  boolean isOver() {
    return lifecycle.lock.get(() -> !mayStart(false));
  }

  boolean wasInterrupted() {
    return lifecycle.lock.get(() -> interrupted);
  }

  Optional<Throwable> failure() {
    return lifecycle.lock.get(() -> failure);
  }

  // ---- When the process ends ----

  /**
   * Starts no more trials and gives those that run back to the queue, while their objectives go on.
   *
   * @param spared those whose threads stay as they are
   * @return the numbers of those that wait again
   */
  List<Integer> withdrawAll(Predicate<Thread> spared) {
    return lifecycle.lock.get(
        () -> {
          stop();
          List<Integer> withdrawn = new ArrayList<>();
          for (Map.Entry<Integer, Thread> trial : running.entrySet()) {
            if (!spared.test(trial.getValue()) && lifecycle.withdraw(trial.getKey())) {
              withdrawn.add(trial.getKey());
            }
          }
          return withdrawn;
        });
  }

  /** Interrupts the threads that run trials, and waits a while for them. */
  void interruptAll(Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    if (!lifecycle.lock.tryLock(nanos, TimeUnit.NANOSECONDS)) {
      return;
    }
    try {
      running.values().forEach(Thread::interrupt);
      while (!running.isEmpty() && nanos > 0) {
        nanos = lifecycle.trialEnded.awaitNanos(nanos);
      }
    } finally {
      lifecycle.lock.unlock();
    }
  }
}
