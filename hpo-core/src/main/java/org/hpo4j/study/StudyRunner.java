package org.hpo4j.study;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.hpo4j.storage.StorageException;
import org.hpo4j.trial.Device;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;

/** One call of {@link Study#optimize}: starts trials, runs the objective, records the outcomes. */
final class StudyRunner<X extends Exception> {

  private static final System.Logger LOG = System.getLogger(StudyRunner.class.getName());

  private final BaseStudy study;
  private final TrialLifecycle lifecycle;
  private final Evaluation<X> objective;
  private final RunOptions options;
  private final RunListeners listeners;
  private final RunState state;

  StudyRunner(BaseStudy study, Evaluation<X> objective, RunOptions options) {
    this.study = study;
    this.lifecycle = study.lifecycle();
    lifecycle.monitor().requireOutsideObjective(study.name());
    lifecycle.recoverLostTrials();
    this.objective = objective;
    this.options = options;
    this.listeners = new RunListeners(study, options);
    this.state = new RunState(study.name(), lifecycle, options, endsWithNextCommit());
  }

  @SuppressWarnings("unchecked") // the objective throws X or unchecked exceptions
  void run() throws X {
    ShutdownHook hook = new ShutdownHook(study, state);
    if (options.usesShutdownHook()) {
      hook.register();
    }
    try {
      Workers.run(options.parallelism(), "hpo4j " + study.name() + " trial runner", this::work);
    } catch (InterruptedException e) {
      state.fail(e);
    } finally {
      state.close();
      hook.unregister();
    }
    if (lifecycle.isWithdrawing() || state.wasInterrupted()) {
      Thread.currentThread().interrupt();
    }
    Optional<Throwable> failure = state.failure();
    if (failure.isPresent()) {
      Throwable thrown =
          failure.get() instanceof RunListeners.ListenerException listener
              ? Objects.requireNonNull(listener.getCause())
              : failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (X) thrown;
    }
  }

  /** Outcomes that waited for a next trial are recorded without one. */
  private void recordTheRest() {
    try {
      lifecycle.flush();
      lifecycle.sync();
    } catch (RuntimeException | Error e) {
      state.fail(e);
    }
  }

  private void work() {
    try {
      Optional<DeviceSlots> slots = options.devices();
      boolean more = true;
      while (more) {
        more = slots.isPresent() ? runNext(slots.get()) : run(state.startNext(), Optional.empty());
      }
    } catch (Throwable thrown) {
      state.fail(thrown);
    }
    // Other threads may evaluate for hours yet.
    recordTheRest();
  }

  /**
   * Runs the next trial with a device of its own, which nobody has who has nothing to run on it.
   *
   * @return whether there may be more to run
   */
  private boolean runNext(DeviceSlots slots) throws Throwable {
    for (int waits = 0; ; waits = state.awaitChange(waits) ? 0 : waits + 1) {
      Optional<Device> device = acquire(slots);
      if (device.isEmpty()) {
        return false;
      }
      try {
        Optional<TrialStarter.Start> next = state.startNextIfAny(waits);
        if (!RunState.isWait(next)) {
          return run(next, device);
        }
      } finally {
        slots.release(device.get());
      }
      // The wait may last as long as a training.
      lifecycle.sync();
    }
  }

  /** A device; empty if the run is over. */
  private Optional<Device> acquire(DeviceSlots slots) throws InterruptedException {
    Optional<Device> device = state.isOver() ? Optional.empty() : slots.acquire(Duration.ZERO);
    if (device.isEmpty()) {
      lifecycle.flush();
      lifecycle.sync();
    }
    while (device.isEmpty()) {
      if (state.isOver()) {
        return Optional.empty();
      }
      device = slots.acquire(Duration.ofSeconds(1));
    }
    return device;
  }

  private boolean run(Optional<TrialStarter.Start> next, Optional<Device> device) throws Throwable {
    if (endsWithNextCommit()) {
      sync(next);
    }
    if (next.isEmpty()) {
      return false;
    }
    if (next.get() instanceof TrialStarter.Start.Started started) {
      RunListeners.ReportTeller teller = listeners.new ReportTeller();
      LiveTrial trial = new LiveTrial(lifecycle, started.trial(), device, teller);
      try {
        evaluate(trial, teller);
      } catch (Throwable e) {
        if (!trial.hasEnded()) {
          giveBack(trial, e);
        }
        throw e;
      } finally {
        state.left(trial.number());
      }
    } else if (next.get() instanceof TrialStarter.Start.Reused reused) {
      tellEnd(reused.number());
    }
    return true;
  }

  private void sync(Optional<TrialStarter.Start> next) {
    try {
      lifecycle.sync();
    } catch (StorageException e) {
      if (next.isPresent() && next.get() instanceof TrialStarter.Start.Started started) {
        state.abandoned(started.trial());
      }
      throw e;
    }
  }

  /**
   * Whether the end of a trial and the start of the next one share one commit. Whoever is told of
   * an outcome may rely on it.
   */
  private boolean endsWithNextCommit() {
    return listeners.isEmpty();
  }

  private void tellEnd(int number) {
    if (listeners.tellEnd(number)) {
      state.stop();
    }
  }

  // ---- Evaluating ----

  private void evaluate(LiveTrial trial, RunListeners.ReportTeller teller) throws Throwable {
    long began = lifecycle.clock().nanos();
    Optional<Throwable> failure = Optional.empty();
    Outcome outcome;
    try {
      listeners.tellStart(trial);
      outcome = lifecycle.monitor().evaluate(objective, trial);
    } catch (TrialPrunedException e) {
      outcome = Outcome.pruned();
    } catch (Throwable e) {
      if (isInterruption(e)) {
        LOG.log(
            System.Logger.Level.INFO,
            "study {0} ends: trial {1} was interrupted, and waits to run again: {2}",
            study.name(),
            trial.number(),
            text(e));
        giveBack(trial, e);
        throw new InterruptedException().initCause(e);
      }
      if (e instanceof StorageException || e instanceof RunListeners.ListenerException) {
        giveBack(trial, e);
        throw e;
      }
      failure = Optional.of(e);
      outcome = Outcome.failed(reason(e), text(e));
    }
    if (teller.failure().isPresent()) {
      // The objective took it for one of its own.
      giveBack(trial, teller.failure().get());
      throw teller.failure().get();
    }
    boolean tolerated = failure.map(options::tolerates).orElse(false);
    boolean fatal = failure.isPresent() && !tolerated && !isOfTheTrial(failure.get());
    record(trial, outcome);
    if (failure.isPresent() && (!fatal || trial.waitsAgain())) {
      logFailure(trial, failure.get());
    }
    if (trial.isLost() || trial.waitsAgain()) {
      return;
    }
    Duration duration = Duration.ofNanos(lifecycle.clock().nanos() - began);
    state.ended(new EndedTrial(trial.number(), outcome, duration, failure, tolerated));
    tellEnd(trial.number());
    if (fatal) {
      throw failure.get();
    }
  }

  /** What was thrown, in words; it may be of a class that has none. */
  private static String text(Throwable thrown) {
    try {
      return Objects.requireNonNullElseGet(thrown.toString(), () -> thrown.getClass().getName());
    } catch (RuntimeException | Error e) {
      return thrown.getClass().getName() + ", whose text cannot be told: " + e.getClass().getName();
    }
  }

  private static FailureReason reason(Throwable thrown) {
    if (thrown instanceof TrialFailedException failed) {
      return failed.reason();
    }
    return thrown instanceof OutOfMemoryError
        ? FailureReason.OUT_OF_MEMORY
        : FailureReason.EXCEPTION;
  }

  /** Whether it ends the trial by its nature, and never the run. */
  private static boolean isOfTheTrial(Throwable thrown) {
    return thrown instanceof TrialFailedException || thrown instanceof OutOfMemoryError;
  }

  private static void logFailure(LiveTrial trial, Throwable thrown) {
    LOG.log(System.Logger.Level.WARNING, () -> "trial " + trial.number() + " failed", thrown);
  }

  /** Whether somebody wants the run to end. Many libraries tell a time-out by the same class. */
  private static boolean isInterruption(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      return true;
    }
    if (!(thrown instanceof InterruptedIOException || thrown instanceof ClosedByInterruptException)
        || thrown instanceof SocketTimeoutException) {
      return false;
    }
    String message = Objects.requireNonNullElse(thrown.getMessage(), "interrupted");
    return Thread.currentThread().isInterrupted()
        || thrown.getCause() instanceof InterruptedException
        || message.toLowerCase(Locale.ROOT).contains("interrupted");
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
      if (endsWithNextCommit()) {
        trial.finishWithNextCommit(outcome);
      } else {
        trial.finish(outcome);
      }
    } catch (StorageException first) {
      if (trial.hasEnded()) {
        // It is recorded, but not durable. Asked again, a system may forget what it failed to
        // write.
        throw first;
      }
      try {
        trial.finish(outcome);
      } catch (StorageException second) {
        first.addSuppressed(second);
        trial.abandon();
        throw first;
      }
    }
  }
}
