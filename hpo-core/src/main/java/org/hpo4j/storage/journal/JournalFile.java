package org.hpo4j.storage.journal;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.hpo4j.storage.StorageException;

/**
 * The journal as bytes that are only ever appended. Everything but the appends may happen at any
 * time; appends are for the holder of the {@link JournalLock}.
 *
 * <p>Uses streams, not {@link FileChannel}s: an interrupt of the thread would close a channel, and
 * trials are interrupted when their time is up.
 */
final class JournalFile implements Closeable {

  private static final System.Logger LOG = System.getLogger(JournalFile.class.getName());

  /** How each line of a journal begins. */
  private static final byte[] RECORD = "{\"op_code\"".getBytes(StandardCharsets.US_ASCII);

  private final Path path;
  private final RandomAccessFile reader;
  private final Optional<Object> key;
  private Optional<FileOutputStream> appender = Optional.empty();

  /** One sync at a time: of two, the system may tell either that the other's pages are lost. */
  private final Object syncing = new Object();

  private Optional<StorageException> syncFailure = Optional.empty();

  private JournalFile(Path path, RandomAccessFile reader) throws IOException {
    this.path = path;
    this.reader = reader;
    this.key = key(path);
  }

  /** Opens a journal, creating it and its folder where they do not exist. */
  static JournalFile open(Path path) {
    try {
      Path folder = Objects.requireNonNullElse(path.toAbsolutePath().getParent(), path);
      Files.createDirectories(folder);
      if (Files.isDirectory(path)) {
        throw new StorageException("journal " + path + ": is a directory; name a file in it");
      }
      if (createIfAbsent(path)) {
        sync(folder);
      }
      warnOfOtherNames(path);
      return new JournalFile(path, new RandomAccessFile(path.toFile(), "r"));
    } catch (IOException e) {
      throw new StorageException("journal " + path + ": cannot be opened: " + IoMessages.of(e), e);
    }
  }

  /** The lock is beside the name, so that under another one nobody would see it. */
  private static void warnOfOtherNames(Path path) throws IOException {
    boolean hasUnixNames = Files.getFileStore(path).supportsFileAttributeView("unix");
    if (Files.isSymbolicLink(path)
        || (hasUnixNames && (int) Files.getAttribute(path, "unix:nlink") > 1)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "journal {0} is a link, or there are links to it: all programs that share a journal must"
              + " open it under the same name, since its lock is named so",
          path);
    }
  }

  private static boolean createIfAbsent(Path path) throws IOException {
    if (Files.exists(path)) {
      return false;
    }
    try {
      Files.createFile(path);
      return true;
    } catch (FileAlreadyExistsException e) {
      // Another process was faster, which is as good.
      return false;
    }
  }

  /** Makes a new file's entry in its folder survive a crash of the machine. */
  private static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "this system does not sync folders: {0}", folder);
    }
  }

  Path path() {
    return path;
  }

  /** How many bytes there are. */
  synchronized long length() {
    try {
      return reader.length();
    } catch (IOException e) {
      throw failure("cannot be read", e);
    }
  }

  /** Fills the buffer from a position of the file, as far as there are bytes; -1 at its end. */
  synchronized int read(long position, byte[] buffer, int offset, int length) {
    try {
      reader.seek(position);
      return reader.read(buffer, offset, length);
    } catch (IOException e) {
      throw failure("cannot be read", e);
    }
  }

  /**
   * Checks that the path still leads to the file that is open and that its end is not lost.
   *
   * @return how many bytes there are
   */
  long requireInPlace(long read) {
    long length;
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      length = attributes.size();
      if (!Optional.ofNullable(attributes.fileKey()).equals(key)) {
        throw new StorageException(
            "journal " + path + ": was replaced by another file while in use; open it again");
      }
    } catch (NoSuchFileException e) {
      throw new StorageException(
          "journal " + path + ": was deleted or moved while in use; put it back and open it again",
          e);
    } catch (IOException e) {
      throw failure("cannot be looked at", e);
    }
    if (length < read) {
      throw new StorageException(
          "journal "
              + path
              + ": was cut to "
              + length
              + " bytes while in use, of which "
              + read
              + " had been read; if a disk was full, another process took back what it could not"
              + " write: open the journal again; otherwise restore it from a copy first");
    }
    return length;
  }

  private static Optional<Object> key(Path path) throws IOException {
    return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  /**
   * Appends in one write. If that or the sync fails, a part of it may be in the file.
   *
   * @param durable whether the bytes shall survive a crash of the machine
   */
  void append(byte[] bytes, int length, boolean durable) {
    try {
      if (appender.isEmpty()) {
        appender = Optional.of(new FileOutputStream(path.toFile(), true));
      }
      FileOutputStream out = appender.get();
      out.write(bytes, 0, length);
      if (durable) {
        sync(out);
      }
    } catch (IOException e) {
      throw failure(
          "cannot be written; nothing that was recorded before is lost, but the last change is not"
              + " recorded",
          e);
    } catch (StorageException e) {
      throw new StorageException(
          e.getMessage()
              + "; the last change is not recorded; open the journal again to see what is",
          e);
    }
  }

  /**
   * Takes out what an append that failed has left.
   *
   * @param end where the file ended before
   */
  void cutBack(long end, StorageException failure) {
    try {
      if (appender.isPresent() && length() > end) {
        truncate(end);
      }
    } catch (StorageException second) {
      // The torn tail is cut off before the next append.
      failure.addSuppressed(second);
    }
  }

  /**
   * Makes what was appended here survive a crash of the machine. Once that has failed, it always
   * does: systems may report the loss of a page once only, and a later success proves nothing.
   */
  void sync() {
    if (appender.isPresent()) {
      sync(appender.get());
    }
  }

  private void sync(FileOutputStream out) {
    synchronized (syncing) {
      if (syncFailure.isPresent()) {
        throw syncFailure.get();
      }
      try {
        out.getFD().sync();
      } catch (IOException e) {
        syncFailure = Optional.of(failure("cannot be synced to the disk", e));
        throw syncFailure.get();
      }
    }
  }

  /**
   * Cuts off what a crash has left of a last line.
   *
   * @throws StorageException if it is the only line, and no journal begins like that: the path may
   *     be of another file
   */
  void cutTornLine(long end) {
    if (end == 0) {
      byte[] bytes = new byte[RECORD.length];
      int count = read(0, bytes, 0, bytes.length);
      for (int i = 0; i < count; i++) {
        // After a crash of the machine, some systems have zeros where a line should be.
        if (bytes[i] != RECORD[i] && bytes[i] != 0) {
          throw new StorageException(
              "journal "
                  + path
                  + ": is no journal: it has text without a line feed, which does not begin as a"
                  + " record of Optuna's journal does; choose another path");
        }
      }
    }
    truncate(end);
  }

  private void truncate(long length) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    } catch (IOException e) {
      throw failure("cannot be repaired", e);
    }
  }

  private StorageException failure(String what, IOException cause) {
    return new StorageException(
        "journal " + path + ": " + what + ": " + IoMessages.of(cause), cause);
  }

  @Override
  public synchronized void close() {
    try {
      reader.close();
      if (appender.isPresent()) {
        appender.get().close();
      }
    } catch (IOException e) {
      throw failure("cannot be closed", e);
    }
  }
}
