package org.hpo4j.storage.journal;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hpo4j.storage.StorageException;

/**
 * Lets threads that wait for the disk share a sync: the first one syncs for all whose appends came
 * before, and those that come meanwhile wait for the next. A sync that failed is never repeated:
 * systems may report the loss of a page once only.
 */
final class GroupSync {

  private final Runnable sync;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** How many appends there were, and how many of them, the first ones, are on the disk. */
  private long written;

  private long synced;
  private boolean syncing;
  private Optional<StorageException> failure = Optional.empty();

  /** With what syncs all that was appended, or throws a {@link StorageException}. */
  GroupSync(Runnable sync) {
    this.sync = sync;
  }

  /** There was an append, with which all that came before is on the disk or not. */
  void appended(boolean durable) {
    lock.lock();
    try {
      written++;
      if (durable) {
        synced = written;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that was appended before this call is on the disk; an interrupt does not end
   * the wait.
   *
   * @throws StorageException if it may not be, now or because an earlier sync has failed
   */
  void await() {
    lock.lock();
    try {
      long target = written;
      while (synced < target) {
        if (failure.isPresent()) {
          throw new StorageException(
              failure.get().getMessage() + "; open the journal again to see what is recorded",
              failure.get());
        }
        if (syncing) {
          ended.awaitUninterruptibly();
        } else {
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void lead() {
    long target = written;
    syncing = true;
    lock.unlock();
    Optional<StorageException> thrown = Optional.empty();
    try {
      sync.run();
    } catch (StorageException e) {
      thrown = Optional.of(e);
    } finally {
      lock.lock();
      syncing = false;
      if (thrown.isPresent()) {
        failure = thrown;
      } else {
        synced = Math.max(synced, target);
      }
      ended.signalAll();
    }
  }

  /** Waits until no sync is under way, and lets none begin before {@code last} has run. */
  void end(Runnable last) {
    lock.lock();
    try {
      while (syncing) {
        ended.awaitUninterruptibly();
      }
      last.run();
    } finally {
      lock.unlock();
    }
  }
}
