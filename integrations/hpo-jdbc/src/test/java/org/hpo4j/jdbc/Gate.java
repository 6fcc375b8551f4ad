package org.hpo4j.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds up trials until the faults that are to strike them have been injected: else a study on a
 * fast machine would be over before.
 */
final class Gate {

  private static final String NAME = "gate";

  private Gate() {}

  /** Lets trials below a number through. */
  static void open(Path folder, long numbers) throws IOException {
    Path written = Files.writeString(folder.resolve("gate.new"), Long.toString(numbers));
    Files.move(written, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits until a trial is let through, but no longer than this. */
  static void pass(Path folder, int number, Duration longest) {
    long start = System.nanoTime();
    while (number >= open(folder) && System.nanoTime() - start < longest.toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static long open(Path folder) {
    try {
      return Long.parseLong(Files.readString(folder.resolve(NAME)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
