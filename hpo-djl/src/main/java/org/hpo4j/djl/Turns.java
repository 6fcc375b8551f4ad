package org.hpo4j.djl;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;

/**
 * One training at a time in this JVM: DJL refuses a second collector of gradients, and its engine
 * has one generator of random numbers, whose draws two trainings would share in an order by chance.
 *
 * <p>A thread may take its turn again while it has it: a listener may train a network of its own.
 */
final class Turns {
  private static final System.Logger LOG = System.getLogger(Turns.class.getName());
  private static final ReentrantLock LOCK = new ReentrantLock(true);
  private static boolean told;

  private Turns() {}

  /** A turn, which ends when it is closed. */
  static final class Turn implements AutoCloseable {
    private Turn() {}

    /** Does nothing: a resource must be used. */
    void start() {}

    @Override
    public void close() {
      LOCK.unlock();
    }
  }

  /** Waits for a turn, whatever interrupts there are. */
  static Turn takeUninterruptibly() {
    LOCK.lock();
    return new Turn();
  }

  /** Waits for a turn as long as it takes. */
  static Turn take() throws InterruptedIOException {
    return take(Optional.empty());
  }

  /**
   * Waits for a turn.
   *
   * @param timeLeft how long at most; empty without a limit
   * @throws TrialFailedException if the time is over
   * @throws InterruptedIOException if the thread is interrupted; its flag stays set
   */
  static Turn take(Optional<Duration> timeLeft) throws InterruptedIOException {
    try {
      if (!LOCK.tryLock()) {
        tell();
        await(timeLeft);
      }
      return new Turn();
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while another training ran", e);
    }
  }

  private static void await(Optional<Duration> timeLeft) throws InterruptedException {
    if (timeLeft.isEmpty()) {
      LOCK.lockInterruptibly();
    } else if (!LOCK.tryLock(timeLeft.get().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TrialFailedException(
          FailureReason.TIMEOUT, "the time limit passed while another training ran in this JVM");
    }
  }

  private static synchronized void tell() {
    if (!told) {
      told = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "DJL trains one network at a time in a JVM: trials take turns. To train several at a time,"
              + " run them in JVMs of their own with ForkedObjective.");
    }
  }
}
