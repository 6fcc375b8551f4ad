package org.hpo4j.study;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The lock under which everything of a study happens. */
@SuppressWarnings("serial") // never serialized
final class StudyLock extends ReentrantLock {

  /** Runs an action under the lock. */
  void run(Runnable action) {
    lock();
    try {
      action.run();
    } finally {
      unlock();
    }
  }

  /** What an action under the lock returns. */
  <R> R get(Supplier<R> action) {
    lock();
    try {
      return action.get();
    } finally {
      unlock();
    }
  }
}
