package org.hpo4j.storage.journal;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.StorageException;

/**
 * What this process appends to a journal: one batch at a time, under the file's lock. A {@link
 * Durability#SHARED} batch is promised first and written with the next one, so that threads which
 * come one after the other pay for the lock and the write once. Until then the lock stays with
 * them, so that nobody else can write what would make the promise void.
 */
final class JournalAppends {

  /** Lines of one study, or of a new one. */
  interface Batch {

    /** Reads the journal while another one holds the lock, so that less is left to read after. */
    void catchUp();

    /**
     * Reads the journal to its end, and returns that end.
     *
     * @throws StorageException if others have written what makes lines void that were promised
     */
    long readToEnd();

    /** The lines that wait; batches of one study share them. */
    JournalWriter lines();

    /** Adds lines; the journal was read to its end. */
    void prepare();

    /**
     * Takes out what {@link #prepare} added, unless that was appended or promised; it may be
     * prepared again.
     */
    void undo();

    /** The lines will be written with those of a later batch; others count on them already. */
    void promised();

    /** All lines that waited are in the file, from its end on. */
    void appended();
  }

  /** How long a promise may wait for company, and the others for the lock. */
  private static final long PATIENCE_NANOS = 1_000_000;

  /** Lines of so many bytes, some forty trials, wait for no more. */
  private static final int ENOUGH = 1 << 16;

  private final JournalFile file;
  private final JournalLock lock;
  private final GroupSync syncs;

  /** Threads of this process wait here, not at the file. */
  private final ReentrantLock appending = new ReentrantLock();

  /** Whether the file's lock is ours, since when, and where the file ended then. */
  private boolean held;

  private long heldSince;
  private long end;

  /** The last one whose lines wait. */
  private Optional<Batch> promised = Optional.empty();

  private boolean appended;
  private volatile boolean closed;

  JournalAppends(JournalFile file, JournalLock lock) {
    this.file = file;
    this.lock = lock;
    this.syncs = new GroupSync(this::keepPromises, file::sync);
  }

  void requireOpen() {
    if (closed) {
      throw new StorageException("journal " + file.path() + ": is closed; open it again");
    }
  }

  /** Does something while no other thread of this process appends. */
  <T> T exclusively(Supplier<T> action) {
    appending.lock();
    try {
      return action.get();
    } finally {
      appending.unlock();
    }
  }

  /** Writes all lines that wait, and those of the batch, in one go; or promises to. */
  void append(Batch batch, Durability durability) {
    requireOpen();
    appending.lock();
    try {
      // It may have been closed while this thread waited.
      requireOpen();
      if (promised.isPresent() && promised.get().lines() != batch.lines()) {
        writePromised();
      }
      hold(batch);
      try {
        batch.prepare();
        while (!keepsLock()) {
          batch.undo();
          hold(batch);
          batch.prepare();
        }
        if (durability == Durability.SHARED && mayWait(batch)) {
          batch.promised();
          promised = Optional.of(batch);
          syncs.appended(false);
        } else {
          write(batch, durability == Durability.DURABLE);
        }
      } catch (RuntimeException | Error e) {
        batch.undo();
        writePromisedAfter(e);
        throw e;
      } finally {
        if (promised.isEmpty()) {
          release();
        }
      }
    } finally {
      appending.unlock();
    }
  }

  /** Whether other threads are expected to share the next sync, and so to append before it. */
  boolean hasCompany() {
    return syncs.hasCompany();
  }

  private boolean mayWait(Batch batch) {
    // A start that came too late has no lines, and so nothing that anybody would write.
    return hasCompany()
        && batch.lines().size() > 0
        && batch.lines().size() < ENOUGH
        && System.nanoTime() - heldSince < PATIENCE_NANOS;
  }

  private void hold(Batch batch) {
    if (held) {
      return;
    }
    lock.acquire(batch::catchUp);
    held = true;
    heldSince = System.nanoTime();
    boolean read = false;
    try {
      end = batch.readToEnd();
      if (file.requireInPlace(end) > end && lock.isOurs()) {
        // A crash cut off the last line. Its end is the only place that a writer can reach.
        file.cutTornLine(end);
      }
      read = true;
    } finally {
      if (!read) {
        release();
      }
    }
  }

  /**
   * Whether the lock that was taken is still ours. A process that stood still for as long as the
   * grace period (suspended, a stuck disk) was taken for dead, and others have written since it
   * read.
   */
  private boolean keepsLock() {
    held = held && lock.isOurs();
    return held;
  }

  private void release() {
    if (held) {
      held = false;
      lock.release();
    }
  }

  private void write(Batch batch, boolean durable) {
    JournalWriter lines = batch.lines();
    if (lines.size() > 0) {
      if (promised.isPresent()) {
        // A program that breaks the lock may have written meanwhile.
        batch.readToEnd();
      }
      append(lines, durable);
      syncs.appended(durable);
      appended = true;
      batch.appended();
      promised = Optional.empty();
    }
  }

  private void append(JournalWriter lines, boolean durable) {
    try {
      file.append(lines.bytes(), lines.size(), durable);
    } catch (StorageException e) {
      // Beyond the end may be lines of others, if that took so long that they took the lock.
      if (lock.isOurs()) {
        file.cutBack(end, e);
      }
      throw e;
    }
  }

  /** Where that fails, the lines go on waiting, and whoever was promised them hears of it. */
  private void writePromised() {
    if (promised.isPresent()) {
      try {
        do {
          hold(promised.get());
        } while (!keepsLock());
        write(promised.get(), false);
      } finally {
        release();
      }
    }
  }

  private void writePromisedAfter(Throwable cause) {
    try {
      writePromised();
    } catch (StorageException e) {
      cause.addSuppressed(e);
    }
  }

  private void keepPromises() {
    appending.lock();
    try {
      writePromised();
    } finally {
      appending.unlock();
    }
  }

  /** Makes what was appended or promised so far survive a crash of the machine. */
  void sync() {
    syncs.await();
  }

  /**
   * Ends all appends.
   *
   * @param last what is done before the file is closed, if anything was appended here
   */
  void close(Runnable last) {
    appending.lock();
    try {
      if (closed) {
        return;
      }
      try {
        writePromised();
      } finally {
        closed = true;
        if (appended) {
          last.run();
        }
      }
    } finally {
      appending.unlock();
      // Without the lock: whoever syncs at the moment may need it.
      syncs.end(file::close);
    }
  }
}
