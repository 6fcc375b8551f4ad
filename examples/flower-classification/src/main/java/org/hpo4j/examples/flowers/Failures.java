package org.hpo4j.examples.flowers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.hpo4j.storage.StorageException;

/** What a user is told about an exception: one line where it is no fault of the program's. */
final class Failures {
  private Failures() {}

  /** Returns the line, or nothing for an exception whose stack trace is needed. */
  static Optional<String> explain(Exception e) {
    if (e instanceof UncheckedIOException && e.getCause() instanceof IOException cause) {
      // The outer message may begin with the name of a class.
      return explain(cause);
    }
    if (e instanceof InterruptedIOException) {
      return Optional.of("interrupted; the same command goes on with the study");
    }
    boolean expected =
        e instanceof IOException
            || e instanceof StorageException
            || e instanceof StudyFailedException;
    return expected ? Optional.of(oneLine(e)) : Optional.empty();
  }

  /** Returns the message in one line; exceptions of file access say no more than a path. */
  static String oneLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    String line = message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse(message);
    return e instanceof FileSystemException
        ? "file access failed (%s): %s".formatted(e.getClass().getSimpleName(), line)
        : line;
  }
}
