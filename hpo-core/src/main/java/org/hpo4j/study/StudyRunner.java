package org.hpo4j.study;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.StorageException;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;

/** One call of {@link Study#optimize}: starts trials, runs the objective, records the outcomes. */
final class StudyRunner<X extends Exception> {

  private static final System.Logger LOG = System.getLogger(StudyRunner.class.getName());

  /** After so many seconds without a trial to start, the log says what is waited for. */
  private static final int PATIENCE_SECONDS = 60;

  private final BaseStudy study;
  private final TrialLifecycle lifecycle;
  private final Evaluation<X> objective;
  private final RunOptions options;
  private final Optional<Instant> lastStart;
  private final StartRequest request;

  /** Whether the end of a trial and the start of the next one share one commit. */
  private final boolean endsWithNextCommit;

  // Guarded by the lifecycle's lock.
  private final int target;
  private int running;
  private boolean stopped;
  private int secondsWaited;
  private Duration longest = Duration.ZERO;
  private Optional<Throwable> failure = Optional.empty();

  StudyRunner(BaseStudy study, Evaluation<X> objective, RunOptions options) {
    this.study = study;
    this.lifecycle = study.lifecycle();
    lifecycle.recoverLostTrials();
    this.objective = objective;
    this.options = options;
    this.lastStart = options.timeLimit().map(limit -> TrialStarter.after(lifecycle.now(), limit));
    this.target = options.targetCount(lifecycle.finishedCount());
    // Whoever is told of an outcome may rely on it.
    this.endsWithNextCommit = options.listeners().isEmpty() && options.stopConditions().isEmpty();
    this.request =
        new StartRequest(
            options.lag(),
            options.trialTimeLimit(),
            target < Integer.MAX_VALUE ? OptionalInt.of(target) : OptionalInt.empty());
    if (options.deadline().isPresent()) {
      longest = lifecycle.longestTrial();
    }
  }

  @SuppressWarnings("unchecked") // the objective throws X or unchecked exceptions
  void run() throws X {
    if (options.parallelism() == 1) {
      work();
    } else {
      workInThreads();
    }
    recordTheRest();
    if (failure.isPresent()) {
      Throwable thrown =
          failure.get() instanceof ListenerException listener
              ? Objects.requireNonNull(listener.getCause())
              : failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (isInterruption(thrown)) {
        Thread.currentThread().interrupt();
        return;
      }
      throw (X) thrown;
    }
  }

  /** Outcomes that waited for a next trial are recorded without one. */
  private void recordTheRest() {
    try {
      lifecycle.flush();
      lifecycle.sync();
    } catch (StorageException e) {
      fail(e);
    }
  }

  private void workInThreads() {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            options.parallelism(),
            task -> new Thread(task, "hpo4j " + study.name() + " trial runner"));
    List<Future<?>> workers = new ArrayList<>();
    try {
      for (int i = 0; i < options.parallelism(); i++) {
        workers.add(threads.submit(this::work));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (InterruptedException e) {
      fail(e);
      threads.shutdownNow();
    } catch (ExecutionException e) {
      throw new AssertionError("workers catch everything", e.getCause());
    } finally {
      threads.shutdown();
      awaitAll(threads);
    }
  }

  /** A trial whose thread is interrupted may take its time to notice; its outcome is awaited. */
  private static void awaitAll(ExecutorService threads) {
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
        threads.shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      Optional<DeviceSlots> slots = options.devices();
      boolean more = true;
      while (more) {
        more = slots.isPresent() ? runNext(slots.get()) : runNext(Optional.empty());
      }
    } catch (Throwable thrown) {
      fail(thrown);
    }
  }

  /**
   * Runs the next trial with a device of its own, which is waited for before the trial starts: its
   * time limit shall not run meanwhile.
   *
   * @return whether there may be more to run
   */
  private boolean runNext(DeviceSlots slots) throws Throwable {
    Optional<Device> device = Optional.empty();
    while (device.isEmpty()) {
      if (isOver()) {
        return false;
      }
      device = slots.acquire(Duration.ofSeconds(1));
    }
    try {
      return runNext(device);
    } finally {
      slots.release(device.get());
    }
  }

  private boolean runNext(Optional<Device> device) throws Throwable {
    Optional<TrialStarter.Start> next = next();
    if (next.isEmpty()) {
      return false;
    }
    if (next.get() instanceof TrialStarter.Start.Started started) {
      ReportTeller teller = new ReportTeller();
      evaluate(new LiveTrial(lifecycle, started.trial(), device, teller), teller);
    } else if (next.get() instanceof TrialStarter.Start.Reused reused) {
      tellEnd(reused.number());
    }
    return true;
  }

  private boolean isOver() {
    lifecycle.lock.lock();
    try {
      return !mayStart();
    } finally {
      lifecycle.lock.unlock();
    }
  }

  private void fail(Throwable thrown) {
    lifecycle.lock.lock();
    try {
      stopped = true;
      if (failure.isEmpty()) {
        failure = Optional.of(thrown);
      } else if (failure.get() != thrown) {
        failure.get().addSuppressed(thrown);
      }
      lifecycle.trialEnded.signalAll();
    } finally {
      lifecycle.lock.unlock();
    }
  }

  // ---- Starting ----

  /** A trial that runs now or has ended at once; empty when the run is over. */
  private Optional<TrialStarter.Start> next() throws InterruptedException {
    Optional<TrialStarter.Start> next = startNext();
    if (endsWithNextCommit) {
      lifecycle.sync();
    }
    return next;
  }

  private Optional<TrialStarter.Start> startNext() throws InterruptedException {
    lifecycle.lock.lockInterruptibly();
    try {
      while (mayStart()) {
        TrialStarter.Start start = lifecycle.start(request);
        if (start instanceof TrialStarter.Start.Started) {
          running++;
          return Optional.of(start);
        }
        if (start instanceof TrialStarter.Start.Reused) {
          return Optional.of(start);
        }
        if (start instanceof TrialStarter.Start.Exhausted exhausted) {
          LOG.log(
              System.Logger.Level.INFO, "study {0} ends: {1}", study.name(), exhausted.reason());
          stopped = true;
          lifecycle.trialEnded.signalAll();
        } else {
          // Somebody else may wait for what has ended here.
          lifecycle.flush();
          if (!lifecycle.trialEnded.await(1, TimeUnit.SECONDS)) {
            lookForLostTrials();
          }
        }
      }
      return Optional.empty();
    } finally {
      lifecycle.lock.unlock();
    }
  }

  private boolean mayStart() {
    if (stopped || lifecycle.finishedCount() + running >= target) {
      return false;
    }
    if (lastStart.isEmpty() && options.deadline().isEmpty()) {
      return true;
    }
    Instant now = lifecycle.now();
    return lastStart.map(now::isBefore).orElse(true)
        && options
            .deadline()
            .map(end -> !TrialStarter.after(now, longest).isAfter(end))
            .orElse(true);
  }

  /** A trial of another process ends, or is lost, without a signal: look now and then. */
  private void lookForLostTrials() {
    lifecycle.recoverLostTrials();
    if (++secondsWaited % PATIENCE_SECONDS == 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "study {0} waits for trials {1} to end",
          study.name(),
          lifecycle.runningTrials());
    }
  }

  // ---- Evaluating ----

  private void evaluate(LiveTrial trial, ReportTeller teller) throws Throwable {
    Instant began = lifecycle.now();
    Optional<Throwable> fatal = Optional.empty();
    Outcome outcome;
    try {
      announce(trial);
      outcome = objective.evaluate(trial);
    } catch (TrialPrunedException e) {
      outcome = Outcome.pruned();
    } catch (TrialFailedException e) {
      logFailure(trial, e);
      outcome = Outcome.failed(e.reason(), e.toString());
    } catch (OutOfMemoryError e) {
      logFailure(trial, e);
      outcome = Outcome.failed(FailureReason.OUT_OF_MEMORY, e.toString());
    } catch (Throwable e) {
      if (isInterruption(e) || e instanceof StorageException || e instanceof ListenerException) {
        giveBack(trial, e);
        throw e;
      }
      outcome = Outcome.failed(FailureReason.EXCEPTION, e.toString());
      if (options.tolerates(e)) {
        logFailure(trial, e);
      } else {
        fatal = Optional.of(e);
      }
    }
    if (teller.failure.isPresent()) {
      // The objective took it for one of its own.
      giveBack(trial, teller.failure.get());
      throw teller.failure.get();
    }
    record(trial, outcome);
    if (trial.isLost()) {
      leave();
      return;
    }
    ended(trial, Duration.between(began, lifecycle.now()));
    if (fatal.isPresent()) {
      throw fatal.get();
    }
  }

  /** Keeps an exception of a listener apart from those of the objective. */
  private static final class ListenerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenerException(RuntimeException cause) {
      super(cause);
    }
  }

  /** Tells the listeners of one trial's reports. */
  private final class ReportTeller implements ReportObserver {
    private Optional<ListenerException> failure = Optional.empty();

    @Override
    public void reported(LiveTrial trial, String metric, int step, double value) {
      try {
        for (StudyListener listener : options.listeners()) {
          listener.trialReported(study, trial, metric, step, value);
        }
      } catch (RuntimeException e) {
        ListenerException thrown = new ListenerException(e);
        failure = Optional.of(thrown);
        throw thrown;
      }
    }
  }

  private void announce(LiveTrial trial) {
    try {
      for (StudyListener listener : options.listeners()) {
        listener.trialStarted(study, trial);
      }
    } catch (RuntimeException e) {
      throw new ListenerException(e);
    }
  }

  private static void logFailure(LiveTrial trial, Throwable thrown) {
    LOG.log(System.Logger.Level.WARNING, () -> "trial " + trial.number() + " failed", thrown);
  }

  private static boolean isInterruption(Throwable thrown) {
    return thrown instanceof InterruptedException
        || thrown instanceof ClosedByInterruptException
        || (thrown instanceof InterruptedIOException
            && !(thrown instanceof SocketTimeoutException));
  }

  /** Lets the trial run again later; where that cannot be recorded, the next run sees to it. */
  private static void giveBack(LiveTrial trial, Throwable cause) {
    try {
      trial.release();
    } catch (StorageException e) {
      cause.addSuppressed(e);
      trial.abandon();
    }
  }

  /** A storage that fails once is asked again: an outcome is never turned into another one. */
  private void record(LiveTrial trial, Outcome outcome) {
    try {
      if (endsWithNextCommit) {
        trial.finishWithNextCommit(outcome);
      } else {
        trial.finish(outcome);
      }
    } catch (StorageException first) {
      try {
        trial.finish(outcome);
      } catch (StorageException second) {
        first.addSuppressed(second);
        trial.abandon();
        throw first;
      }
    }
  }

  /** The trial is another worker's now: there is one less to wait for here. */
  private void leave() {
    lifecycle.lock.lock();
    try {
      running--;
      lifecycle.trialEnded.signalAll();
    } finally {
      lifecycle.lock.unlock();
    }
  }

  private void ended(LiveTrial trial, Duration duration) {
    lifecycle.lock.lock();
    try {
      running--;
      if (duration.compareTo(longest) > 0) {
        longest = duration;
      }
    } finally {
      lifecycle.lock.unlock();
    }
    tellEnd(trial.number());
  }

  private void tellEnd(int number) {
    if (options.listeners().isEmpty() && options.stopConditions().isEmpty()) {
      return;
    }
    FrozenTrial frozen = study.trial(number);
    for (StudyListener listener : options.listeners()) {
      listener.trialFinished(study, frozen);
    }
    for (StopCondition condition : options.stopConditions()) {
      if (condition.isMet(study, frozen)) {
        stop();
      }
    }
  }

  private void stop() {
    lifecycle.lock.lock();
    try {
      stopped = true;
      lifecycle.trialEnded.signalAll();
    } finally {
      lifecycle.lock.unlock();
    }
  }
}
