package org.hpo4j.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;

/** One call of {@link Study#optimize}: starts trials, runs the objective, records the outcomes. */
final class StudyRunner<X extends Exception> {

  private static final System.Logger LOG = System.getLogger(StudyRunner.class.getName());

  private final Study study;
  private final TrialLifecycle lifecycle;
  private final Objective<X> objective;
  private final RunOptions options;
  private final Optional<Instant> lastStart;

  // Guarded by the lifecycle's lock.
  private final int target;
  private int running;
  private boolean stopped;
  private Duration longest = Duration.ZERO;
  private Optional<Throwable> failure = Optional.empty();

  StudyRunner(Study study, TrialLifecycle lifecycle, Objective<X> objective, RunOptions options) {
    this.study = study;
    this.lifecycle = lifecycle;
    this.objective = objective;
    this.options = options;
    this.lastStart = options.timeLimit().map(lifecycle.now()::plus);
    this.target = options.targetCount(lifecycle.finishedCount());
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
    if (failure.isPresent()) {
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw (X) thrown;
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
      Optional<LiveTrial> trial = next();
      while (trial.isPresent()) {
        evaluate(trial.get());
        trial = next();
      }
    } catch (Throwable thrown) {
      fail(thrown);
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

  private Optional<LiveTrial> next() throws InterruptedException {
    lifecycle.lock.lockInterruptibly();
    try {
      while (mayStart()) {
        TrialStarter.Start start = lifecycle.start(options.lag(), options.trialTimeLimit());
        if (start instanceof TrialStarter.Start.Started started) {
          running++;
          return Optional.of(new LiveTrial(lifecycle, started.trial()));
        }
        if (start instanceof TrialStarter.Start.Exhausted) {
          stopped = true;
          lifecycle.trialEnded.signalAll();
        } else {
          // With a limit, since a trial of another process ends without a signal.
          lifecycle.trialEnded.await(1, TimeUnit.SECONDS);
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
    Instant now = lifecycle.now();
    return lastStart.map(now::isBefore).orElse(true)
        && options.deadline().map(end -> !now.plus(longest).isAfter(end)).orElse(true);
  }

  // ---- Evaluating ----

  private void evaluate(LiveTrial trial) throws Throwable {
    Optional<Throwable> fatal = Optional.empty();
    Instant began = lifecycle.now();
    try {
      for (StudyListener listener : options.listeners()) {
        listener.trialStarted(study, trial);
      }
      trial.finish(Study.outcomeOf(objective.evaluate(trial)));
    } catch (TrialPrunedException e) {
      trial.finish(Outcome.pruned());
    } catch (TrialFailedException e) {
      LOG.log(System.Logger.Level.WARNING, () -> "trial " + trial.number() + " failed", e);
      trial.finish(Outcome.failed(e.reason(), messageOf(e)));
    } catch (OutOfMemoryError e) {
      LOG.log(System.Logger.Level.WARNING, () -> "trial " + trial.number() + " failed", e);
      trial.finish(Outcome.failed(FailureReason.OUT_OF_MEMORY, messageOf(e)));
    } catch (Throwable e) {
      if (e instanceof InterruptedException) {
        trial.release();
        throw e;
      }
      if (!trial.hasEnded()) {
        trial.finish(Outcome.failed(FailureReason.EXCEPTION, messageOf(e)));
      }
      if (options.tolerates(e)) {
        LOG.log(System.Logger.Level.WARNING, () -> "trial " + trial.number() + " failed", e);
      } else {
        fatal = Optional.of(e);
      }
    }
    ended(trial, Duration.between(began, lifecycle.now()));
    if (fatal.isPresent()) {
      throw fatal.get();
    }
  }

  private static String messageOf(Throwable thrown) {
    return thrown.toString();
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
    if (options.listeners().isEmpty() && options.stopConditions().isEmpty()) {
      return;
    }
    FrozenTrial frozen = study.trial(trial.number());
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
