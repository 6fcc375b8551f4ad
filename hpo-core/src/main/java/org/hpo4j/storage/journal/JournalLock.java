package org.hpo4j.storage.journal;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.WorkerId;

/**
 * The right to append, as Optuna's journals know it: whoever has created the file {@code
 * <journal>.lock} holds it until it is renamed away. The file is a regular one, because a symbolic
 * link with a relative target makes Optuna's waiters spin. Its content, which Optuna ignores, names
 * the holder, so that the lock of a dead process is taken over at once and only one's own lock is
 * ever released. Any other lock that has not changed for the grace period counts as left behind.
 *
 * <p>The file is made as a hard link to one with the name in it, so that no crash leaves a lock
 * without a name; where there are no hard links, as a new file.
 *
 * <p>Not for use by several threads at a time.
 */
final class JournalLock implements Closeable {

  private static final String LOCK = ".lock";
  private static final String ASIDE = ".rename";

  /** The longest name of a journal, in bytes, that leaves room for those of the lock's files. */
  private static final int LONGEST_NAME =
      LeftBehind.LONGEST - LOCK.length() - LeftBehind.KEPT - ASIDE.length();

  /** Optuna's grace period. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger(JournalLock.class.getName());
  private static final long FIRST_WAIT_NANOS = 50_000;
  private static final long LONGEST_WAIT_NANOS = 20_000_000;

  /**
   * The next look comes after this part of the time waited so far. Twice the time each time would
   * leave the lock unused while all who want it sleep.
   */
  private static final int WAIT_SHARE = 8;

  /** Most holders are done before anything is known of them: only then is it worth asking who. */
  private static final long PATIENCE_NANOS = 5_000_000;

  /** How old the time of a lock that was just taken may be: little, beside the grace period. */
  private static final long TOUCH_NANOS = 1_000_000_000;

  /** Serializes the threads of this process that take over a lock. */
  private static final Object TAKE_OVER = new Object();

  private final Path journal;
  private final Path lock;
  private final String token;
  private final Path tokenFile;
  private final Duration grace;
  private boolean prepared;
  private boolean linking = true;

  /** What tells the token's file from all others, where the system has that. */
  private Optional<Object> tokenKey = Optional.empty();

  private long touched;
  private long released;

  JournalLock(Path journal, String token, Duration grace) {
    this.journal = journal;
    this.lock = journal.resolveSibling(journal.getFileName() + LOCK);
    this.token = token;
    this.tokenFile = LeftBehind.nameOf(lock, token);
    this.grace = grace;
  }

  /**
   * Waits until the lock is free and takes it. An interrupt does not end the wait: what is to be
   * recorded is recorded.
   *
   * @param meanwhile what can be done before, each time that another one holds it
   */
  void acquire(Runnable meanwhile) {
    boolean interrupted = false;
    long wait = FIRST_WAIT_NANOS;
    String holder = "";
    long seen = -1;
    long began = System.nanoTime();
    long unchangedSince = began;
    try {
      while (!create()) {
        meanwhile.run();
        long now = System.nanoTime();
        if (now - began >= Math.min(PATIENCE_NANOS, grace.toNanos())) {
          String current = holder();
          long modified = modified();
          if (seen < 0 || modified != seen || !current.equals(holder)) {
            holder = current;
            seen = modified;
            unchangedSince = now;
          }
          boolean left = System.nanoTime() - unchangedSince > grace.toNanos();
          if (left || WorkerId.parse(current).filter(WorkerId::hasDiedHere).isPresent()) {
            // An interrupted thread cannot lock a channel; one that is interrupted while it does
            // so comes back here.
            interrupted |= Thread.interrupted();
            takeOver(current, modified);
            continue;
          }
        }
        // Sleep would round up to a whole millisecond.
        LockSupport.parkNanos(this, wait);
        interrupted |= Thread.interrupted();
        wait =
            Math.min(Math.max(wait, (System.nanoTime() - began) / WAIT_SHARE), LONGEST_WAIT_NANOS);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean create() {
    boolean again = prepared;
    try {
      if (!prepared) {
        LeftBehind.remove(lock);
        write(tokenFile);
        tokenFile.toFile().deleteOnExit();
        tokenKey = key(tokenFile);
        touched = System.nanoTime();
        prepared = true;
      }
      // Waiters see by this time that the lock has changed hands.
      if (System.nanoTime() - touched > TOUCH_NANOS) {
        Files.setLastModifiedTime(tokenFile, FileTime.from(Instant.now()));
        touched = System.nanoTime();
      }
      return linking ? link() : createFile();
    } catch (NoSuchFileException e) {
      prepared = false;
      if (again) {
        // Somebody has tidied the token away.
        return create();
      }
      throw failure("cannot create the lock file " + lock, e);
    } catch (IOException e) {
      throw failure("cannot create the lock file " + lock + lengthIfTooLong(), e);
    }
  }

  private String lengthIfTooLong() {
    int length = LeftBehind.bytes(String.valueOf(journal.getFileName()));
    return length <= LONGEST_NAME
        ? ""
        : ", since the journal's file name may have "
            + LONGEST_NAME
            + " bytes and has "
            + length
            + "; those of the files beside it are longer";
  }

  private boolean link() throws IOException {
    try {
      Files.createLink(lock, tokenFile);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (FileSystemException | UnsupportedOperationException e) {
      LOG.log(System.Logger.Level.DEBUG, "no hard links beside {0}: {1}", journal, e.getMessage());
      linking = false;
      return createFile();
    }
  }

  private boolean createFile() throws IOException {
    try {
      Files.createFile(lock);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    try {
      write(lock);
      return true;
    } catch (IOException e) {
      Files.delete(lock);
      throw e;
    }
  }

  /** No FileChannel: an interrupted thread could not write through one. */
  private void write(Path file) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(token.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(tokenFile);
    prepared = false;
  }

  /** Lets the next one in; a lock that another process has taken over meanwhile stays. */
  void release() {
    if (!isOurs()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the lock {0} was taken over while it was held; a write must have taken longer than {1}",
          lock,
          grace);
      return;
    }
    remove();
  }

  /** Whether it was taken here and not taken over since. */
  boolean isOurs() {
    if (!linking || tokenKey.isEmpty()) {
      return holder().equals(token);
    }
    try {
      return key(lock).equals(tokenKey);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw failure("cannot read the lock file " + lock, e);
    }
  }

  private static Optional<Object> key(Path file) throws IOException {
    return Optional.ofNullable(
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  private void remove() {
    Path aside = LeftBehind.nameOf(lock, token + "-" + released++, ASIDE);
    try {
      Files.move(lock, aside, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(aside);
    } catch (NoSuchFileException e) {
      LOG.log(System.Logger.Level.DEBUG, "the lock {0} was already released", lock);
    } catch (IOException e) {
      throw failure("cannot release the lock file " + lock, e);
    }
  }

  /**
   * Removes a lock that was left behind. A lock of the operating system, which ends with its
   * process, lets one process at a time do so: a second one must not remove the first one's new
   * lock.
   */
  private void takeOver(String holder, long modified) {
    synchronized (TAKE_OVER) {
      try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw");
          FileLock exclusive = file.getChannel().lock()) {
        if (exclusive.isValid() && holder().equals(holder) && modified() == modified) {
          LOG.log(
              System.Logger.Level.WARNING,
              "taking over the lock {0}, which {1} left behind",
              lock,
              holder.isEmpty() ? "another program" : holder);
          removeOfAnother();
        }
      } catch (FileLockInterruptionException | ClosedByInterruptException e) {
        LOG.log(System.Logger.Level.DEBUG, "interrupted; trying again to take over {0}", lock);
      } catch (IOException e) {
        throw failure("cannot take over the lock file " + lock + ", which was left behind", e);
      }
    }
  }

  private void removeOfAnother() {
    try {
      remove();
    } catch (StorageException e) {
      throw new StorageException(
          e.getMessage()
              + "; it was left behind, and whoever may remove it there has to do so: its owner, if the"
              + " folder lets users remove their own files only",
          e);
    }
  }

  /**
   * The token in the lock file; empty if there is none, another program's lock, or one of a user
   * who lets nobody read it: of its holder nothing is known then.
   */
  private String holder() {
    try {
      // A link is another program's; its target, the journal itself, is not to be read here.
      return Files.isSymbolicLink(lock) ? "" : Files.readString(lock, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException | AccessDeniedException e) {
      return "";
    } catch (IOException e) {
      throw failure("cannot read the lock file " + lock, e);
    }
  }

  private long modified() {
    try {
      return Files.getLastModifiedTime(lock).to(TimeUnit.NANOSECONDS);
    } catch (NoSuchFileException e) {
      // Released, or a dangling link; the latter stays as it is.
      return 0;
    } catch (IOException e) {
      throw failure("cannot read the lock file " + lock, e);
    }
  }

  private StorageException failure(String what, IOException cause) {
    return new StorageException(
        "journal " + journal + ": " + what + ": " + IoMessages.of(cause), cause);
  }
}
