package org.hpo4j.study;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;

/**
 * Pauses in which a process leaves starts to others, as long as tries take: a tenth of a
 * millisecond for a journal, a millisecond for a database. Used under the study's lock.
 */
final class StartPauses {

  /** A process that is too late again and again pauses for up to half a second at last. */
  private static final int MOST_DOUBLINGS = 9;

  private static final long LONGEST_UNIT_NANOS = 1_000_000;

  /** Never signalled: whoever waits for it lets others have the lock. */
  private final Condition nothing;

  private int timesTooLate;
  private boolean tryingAgain;

  StartPauses(StudyLock lock) {
    this.nothing = lock.newCondition();
  }

  /** Nobody was faster. */
  void inTime() {
    tryingAgain = false;
    timesTooLate = Math.max(0, timesTooLate - 1);
  }

  /**
   * Somebody was faster. Once that is mere chance, and worth another try at once; more tries would
   * mostly be in vain, and slow those down that are faster.
   *
   * @param nanos how long the try took
   */
  void tooLate(StartRequest request, long nanos) {
    if (!tryingAgain) {
      tryingAgain = true;
      return;
    }
    timesTooLate = Math.min(timesTooLate + 1, MOST_DOUBLINGS);
    long longest = Math.min(Math.max(nanos, 1), LONGEST_UNIT_NANOS) << timesTooLate;
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
