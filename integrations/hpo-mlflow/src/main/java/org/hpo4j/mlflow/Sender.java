package org.hpo4j.mlflow;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The thread that talks to the server, so that no trial waits for it. A server that is away is
 * asked again after 1, 2, 4 and up to 30 seconds.
 */
final class Sender {

  private static final System.Logger LOG = System.getLogger(MlflowTracker.class.getName());

  /** How long reports are gathered, so that one request carries several. */
  private static final Duration GATHERING = Duration.ofMillis(500);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Attempts at the end, if the server was there before. */
  private static final int LAST_ATTEMPTS = 3;

  private final MlflowOptions options;
  private final Rest rest;
  private final Supplier<Collection<StudyRuns>> studies;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition signal = lock.newCondition();
  // Guarded by the lock.
  private boolean closing;
  private boolean killed;
  private boolean urgent;

  // Set by the thread alone.
  private volatile boolean away;

  Sender(MlflowOptions options, Supplier<Collection<StudyRuns>> studies) {
    this.options = options;
    this.rest = new Rest(options);
    this.studies = studies;
    this.thread = new Thread(this::run, "hpo4j MLflow sender");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Sends soon rather than at the next turn: a trial has begun or ended. */
  void wake() {
    lock.lock();
    try {
      urgent = true;
      signal.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what is left, for at most this long, and ends. What cannot be sent is told of in the log.
   * A server that is away already gets one more chance, a short one. An interrupt does not shorten
   * it; it is set again afterwards.
   */
  void close(Duration limit, boolean asKilled) {
    lock.lock();
    try {
      closing = true;
      killed = asKilled;
      signal.signalAll();
    } finally {
      lock.unlock();
    }
    if (away) {
      rest.hurry();
    }
    boolean interrupted = false;
    long end = System.nanoTime() + limit.toNanos();
    while (thread.isAlive() && System.nanoTime() < end) {
      try {
        thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (thread.isAlive()) {
      thread.interrupt();
      sayUnsent("it took longer than " + limit.toMillis() + " ms");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    Duration pause = SHORTEST_PAUSE;
    int attemptsLeft = LAST_ATTEMPTS;
    try {
      while (true) {
        boolean last = isClosing();
        if (last && away) {
          rest.hurry();
        }
        try {
          boolean more = send();
          if (last && !more) {
            finish();
            return;
          }
          if (away) {
            cameBack();
          }
          pause = SHORTEST_PAUSE;
          if (!more) {
            await(GATHERING, true);
          }
        } catch (AwayException e) {
          if (last && (away || --attemptsLeft == 0)) {
            sayUnsent(e.reason());
            return;
          }
          if (!last) {
            isAway(e.reason());
          }
          await(pause, false);
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
      }
    } catch (InterruptedException e) {
      // Closed by force, which has said so.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // A storage that fails or is closed, which the study itself tells of.
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "studies " + names() + " go on without MLflow, to which nothing more is sent",
          e);
    }
  }

  private boolean send() throws AwayException, InterruptedException {
    boolean more = false;
    for (StudyRuns study : studies.get()) {
      more |= study.send(rest);
    }
    return more;
  }

  private void finish() throws AwayException, InterruptedException {
    boolean asKilled;
    lock.lock();
    try {
      asKilled = killed;
    } finally {
      lock.unlock();
    }
    for (StudyRuns study : studies.get()) {
      study.finish(asKilled);
    }
  }

  /**
   * Waits until it is time, or the tracker is closed, or, if that counts, a trial begins or ends.
   */
  private void await(Duration limit, boolean forTrials) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (left > 0 && !closing && !(forTrials && urgent)) {
        left = signal.awaitNanos(left);
      }
      urgent = false;
    } finally {
      lock.unlock();
    }
  }

  private void isAway(String reason) {
    if (!away) {
      away = true;
      LOG.log(
          System.Logger.Level.WARNING,
          () ->
              "studies "
                  + names()
                  + " go on without MLflow at "
                  + options.address()
                  + ", which can't be used now: "
                  + reason
                  + ". What it misses is sent when it answers again");
    }
  }

  private void cameBack() {
    away = false;
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "MLflow at " + options.address() + " answers again and is told of what it has missed");
  }

  private void sayUnsent(String reason) {
    int count = studies.get().stream().mapToInt(StudyRuns::unsent).sum();
    LOG.log(
        System.Logger.Level.WARNING,
        () ->
            "MLflow at "
                + options.address()
                + " has not been told of the end of the studies "
                + names()
                + " and of "
                + count
                + " of their trials: "
                + reason
                + ". It will be when they are resumed with a tracker");
  }

  private String names() {
    return studies.get().stream().map(StudyRuns::name).toList().toString();
  }
}
