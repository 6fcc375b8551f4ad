package org.hpo4j.study;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Pauses in which a process leaves starts to others. Used under the study's lock. */
final class StartPauses {

  /** A process that is too late again and again pauses for up to half a second at last. */
  private static final int MOST_DOUBLINGS = 9;

  /** Never signalled: whoever waits for it lets others have the lock. */
  private final Condition nothing;

  private int timesTooLate;

  StartPauses(StudyLock lock) {
    this.nothing = lock.newCondition();
  }

  /** Nobody was faster. */
  void inTime() {
    timesTooLate = Math.max(0, timesTooLate - 1);
  }

  /**
   * Pauses since somebody was faster: trying again at once would mostly be in vain, and slow those
   * down that are.
   */
  void tooLate(StartRequest request) {
    timesTooLate = Math.min(timesTooLate + 1, MOST_DOUBLINGS);
    long longest = TimeUnit.MILLISECONDS.toNanos(1L << timesTooLate);
    rest(ThreadLocalRandom.current().nextLong(longest / 2, longest), request);
  }

  /** Waits without the lock, but not for longer than a trial may be started. */
  void rest(long nanos, StartRequest request) {
    long rest = Math.min(nanos, request.timeLeft().toNanos());
    try {
      while (rest > 0) {
        rest = nothing.awaitNanos(rest);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
