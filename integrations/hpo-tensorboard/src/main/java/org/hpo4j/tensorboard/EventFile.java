package org.hpo4j.tensorboard;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An event file that is appended to, one whole record at a time and without a buffer: what was
 * written is seen by other programs at once, and survives the end of this one. Not thread-safe.
 */
final class EventFile implements Closeable {

  private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\..*");
  private static final String HOST = hostName();

  // Not a channel: an interrupt of the writing thread would close it.
  private final RandomAccessFile file;

  /** Where the last whole record ends. */
  private long end;

  private boolean torn;

  private EventFile(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Creates the folder and in it a file that TensorBoard reads after those that are there: it goes
   * through them by name and never comes back. An earlier file may end within a record.
   */
  static EventFile create(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (long second = nextSecond(folder); ; second++) {
      try {
        // Created in one step: another process may be about to take the same name.
        EventFile created = open(Files.createFile(folder.resolve(nameOf(second))));
        created.append(Events.fileVersion());
        return created;
      } catch (FileAlreadyExistsException e) {
        // The next second, then.
      }
    }
  }

  /** Appends to a file that exists and is empty. */
  static EventFile open(Path empty) throws IOException {
    return new EventFile(new RandomAccessFile(empty.toFile(), "rw"));
  }

  static boolean existsIn(Path folder) throws IOException {
    return !seconds(folder).isEmpty();
  }

  /** The name that sorts before that of any other event file. */
  static String firstName() {
    return nameOf(0);
  }

  private static long nextSecond(Path folder) throws IOException {
    long last = seconds(folder).stream().mapToLong(Long::longValue).max().orElse(0);
    return Math.max(Instant.now().getEpochSecond(), last + 1);
  }

  private static List<Long> seconds(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> NAME.matcher(path.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> Long.valueOf(name.group(1)))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static String nameOf(long second) {
    return "events.out.tfevents.%010d.%s.%d".formatted(second, HOST, ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "-");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /**
   * Appends an event. If that fails, for instance because the disk is full, what was written of it
   * is taken back, now or before the next one: readers would stop there.
   */
  void append(byte[] event) throws IOException {
    if (torn) {
      takeBack();
    }
    byte[] record = TfRecord.frame(event);
    torn = true;
    try {
      file.write(record);
    } catch (IOException e) {
      try {
        takeBack();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
    torn = false;
    end += record.length;
  }

  private void takeBack() throws IOException {
    file.setLength(end);
    file.seek(end);
    torn = false;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
