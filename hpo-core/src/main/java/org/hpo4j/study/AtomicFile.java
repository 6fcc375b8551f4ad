package org.hpo4j.study;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is written, and not yet in its place: others see the whole of it or nothing, also
 * after a power failure. Closing it takes away what was not put in its place.
 */
final class AtomicFile implements AutoCloseable {

  /** Part of every temporary file's name; artifacts' names cannot contain it. */
  static final String TEMPORARY_MARK = "~";

  private final String what;
  private final Path file;
  private final Path temporary;

  private AtomicFile(String what, Path file, Path temporary) {
    this.what = what;
    this.file = file;
    this.temporary = temporary;
  }

  /** What a file shall hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, or replaces it. If that fails nothing is left behind.
   *
   * @param what the file in words, for the message of an error
   * @throws UncheckedIOException naming the file and the reason
   */
  static void write(String what, Path target, Content content) {
    try (AtomicFile draft = draft(what, target, content)) {
      draft.putInPlace();
    }
  }

  /**
   * Writes a file beside its place. If that fails nothing is left behind.
   *
   * @param what the file in words, for the message of an error
   * @throws UncheckedIOException naming the file and the reason
   */
  static AtomicFile draft(String what, Path target, Content content) {
    Path file = target.toAbsolutePath();
    // An absolute path to a file has both a parent and a name.
    Path temporary =
        file.resolveSibling(file.getFileName() + TEMPORARY_MARK + UUID.randomUUID() + ".tmp");
    AtomicFile draft = new AtomicFile(what, file, temporary);
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      content.writeTo(out);
      out.flush();
      // Before the rename: else a crash may leave the name with an empty file.
      channel.force(true);
      return draft;
    } catch (IOException e) {
      throw draft.abandoned(e);
    }
  }

  /**
   * Puts it where it belongs, in the place of an earlier one.
   *
   * @throws UncheckedIOException naming the file and the reason
   */
  void putInPlace() {
    try {
      move(temporary, file);
    } catch (IOException e) {
      throw abandoned(e);
    }
  }

  private UncheckedIOException abandoned(IOException cause) {
    try {
      close();
    } catch (UncheckedIOException second) {
      cause.addSuppressed(second);
    }
    return failure("cannot write " + what + " " + file, cause);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw failure("cannot delete the temporary file " + temporary, e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** An error with the reason in its message: that of a file system is often but a file's name. */
  static UncheckedIOException failure(String message, IOException cause) {
    String reason =
        cause instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : cause instanceof FileSystemException e
                ? words(e) + " " + e.getFile()
                : String.valueOf(cause.getMessage());
    return new UncheckedIOException(new IOException(message + ": " + reason, cause));
  }

  /** NoSuchFileException becomes "no such file". */
  private static String words(FileSystemException e) {
    return e.getClass()
        .getSimpleName()
        .replaceFirst("Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(java.util.Locale.ROOT);
  }
}
