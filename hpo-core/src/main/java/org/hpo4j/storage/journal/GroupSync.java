package org.hpo4j.storage.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.hpo4j.storage.StorageException;

/**
 * Lets threads that wait for the disk share a sync. Those that a sync has let go are soon back, so
 * that the next one waits for them a little: else the first one back would sync for itself, and the
 * others could only wait for the sync after. A sync that failed is never repeated: systems may
 * report the loss of a page once only.
 */
final class GroupSync {

  /** A thread that waits until so many appends are on the disk. */
  private static final class Waiter {

    final Thread thread = Thread.currentThread();
    final long target;

    /** Whether it has waited long enough for company. */
    boolean patienceIsOver;

    Waiter(long target) {
      this.target = target;
    }
  }

  /** How long a sync waits for others at most: what eight threads take to come back. */
  private static final long LONGEST_GATHERING_NANOS = 300_000;

  /** A promise keeps other processes from writing, whatever the disk takes. */
  private static final long LONGEST_PROMISE_NANOS = 1_000_000;

  private final Runnable keepPromises;
  private final Runnable sync;

  /** Guards what follows; no thread that is woken needs it to go on. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<Waiter> waiters = new ArrayList<>();
  private boolean syncing;

  /** How many are waited for, those included that wait already, and how long at most. */
  private volatile int expected;

  private long gatheringNanos;

  /** How many appends there were or were promised; how many, the first ones, are on the disk. */
  private final AtomicLong written = new AtomicLong();

  private volatile long synced;
  private volatile Optional<StorageException> failure = Optional.empty();

  /**
   * For one file.
   *
   * @param keepPromises writes what was promised, if that has not been done; may be tried again
   * @param sync syncs all that was written, or throws a {@link StorageException}
   */
  GroupSync(Runnable keepPromises, Runnable sync) {
    this.keepPromises = keepPromises;
    this.sync = sync;
  }

  /** There was an append, or one was promised; with a durable one all before it is on the disk. */
  void appended(boolean durable) {
    lock.lock();
    try {
      long count = written.incrementAndGet();
      if (durable) {
        synced = count;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that was appended or promised before this call is on the disk; an interrupt
   * does not end the wait.
   *
   * @throws StorageException if it may not be, now or because an earlier sync has failed, or if a
   *     promise could not be kept
   */
  void await() {
    Waiter self = new Waiter(written.get());
    boolean interrupted = false;
    try {
      while (synced < self.target) {
        if (failure.isPresent()) {
          throw new StorageException(
              failure.get().getMessage() + "; open the journal again to see what is recorded",
              failure.get());
        }
        if (leads(self)) {
          lead();
        } else {
          interrupted |= pause(self);
        }
      }
    } finally {
      leave(self);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether other threads have waited for the last sync too, and so will for the next. */
  boolean hasCompany() {
    return expected > 1;
  }

  private boolean leads(Waiter self) {
    lock.lock();
    try {
      if (!waiters.contains(self)) {
        waiters.add(self);
      }
      if (syncing || (waiters.size() < expected && !self.patienceIsOver)) {
        return false;
      }
      syncing = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean pause(Waiter self) {
    boolean first;
    boolean busy;
    lock.lock();
    try {
      first = waiters.indexOf(self) == 0;
      busy = syncing;
    } finally {
      lock.unlock();
    }
    if (first && !busy) {
      long end = System.nanoTime() + gatheringNanos;
      LockSupport.parkNanos(this, gatheringNanos);
      self.patienceIsOver = System.nanoTime() - end >= 0;
    } else {
      long start = System.nanoTime();
      LockSupport.parkNanos(this, LONGEST_PROMISE_NANOS);
      if (System.nanoTime() - start >= LONGEST_PROMISE_NANOS) {
        keepPromises.run();
      }
    }
    return Thread.interrupted();
  }

  private void lead() {
    long target = written.get();
    long start = System.nanoTime();
    long done = synced;
    try {
      keepPromises.run();
      done = sync(target);
    } finally {
      ended(done, System.nanoTime() - start);
    }
  }

  private long sync(long target) {
    try {
      sync.run();
      return target;
    } catch (StorageException e) {
      failure = Optional.of(e);
      return synced;
    }
  }

  private void ended(long done, long nanos) {
    List<Waiter> woken = new ArrayList<>();
    lock.lock();
    try {
      syncing = false;
      synced = Math.max(synced, done);
      gatheringNanos = Math.min(nanos, LONGEST_GATHERING_NANOS);
      for (Waiter waiter : waiters) {
        if (waiter.target <= synced || failure.isPresent()) {
          woken.add(waiter);
        }
      }
      expected = waiters.size();
      waiters.removeAll(woken);
      if (!waiters.isEmpty()) {
        woken.add(waiters.get(0));
      }
    } finally {
      lock.unlock();
    }
    woken.forEach(waiter -> LockSupport.unpark(waiter.thread));
  }

  private void leave(Waiter self) {
    lock.lock();
    try {
      if (waiters.remove(self) && !waiters.isEmpty() && !syncing) {
        LockSupport.unpark(waiters.get(0).thread);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no sync is under way, and lets none begin before {@code last} has run. */
  void end(Runnable last) {
    while (!begin()) {
      LockSupport.parkNanos(this, LONGEST_PROMISE_NANOS);
    }
    try {
      last.run();
    } finally {
      ended(synced, 0);
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      boolean free = !syncing;
      syncing = true;
      return free;
    } finally {
      lock.unlock();
    }
  }
}
