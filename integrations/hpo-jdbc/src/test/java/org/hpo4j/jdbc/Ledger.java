package org.hpo4j.jdbc;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What the workers say that they did: files in a folder, one of each process. */
final class Ledger {

  /** The trial of which an evaluation was, by the evaluation's value, which no other has. */
  final Map<Double, Integer> ran = new HashMap<>();

  /** The value under which a trial was recorded, by its number. */
  final Map<Integer, Double> told = new TreeMap<>();

  private Ledger() {}

  /** Writes what a process does; each line is in its file when the method returns. */
  static final class Writer implements AutoCloseable {
    private final OutputStream file;
    private final int process;
    private final AtomicInteger count = new AtomicInteger();

    private Writer(OutputStream file, int process) {
      this.file = file;
      this.process = process;
    }

    /** Notes an evaluation, and gives it a value of its own. */
    double ran(int number) {
      double value = process * 1e6 + count.incrementAndGet();
      write("ran " + number + " " + value);
      return value;
    }

    /** Notes that the storage has taken a value. */
    void told(int number, double value) {
      write("told " + number + " " + value);
    }

    private synchronized void write(String line) {
      try {
        file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** Opens the file of a process. */
  static Writer writer(Path folder, int process) throws IOException {
    Path file = folder.resolve("ledger" + process);
    return new Writer(
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        process);
  }

  /** Whether a process has opened its file. */
  static boolean exists(Path folder, int process) {
    return Files.exists(folder.resolve("ledger" + process));
  }

  /** Reads all files; fails if a trial was recorded twice. */
  static Ledger read(Path folder) throws IOException {
    Ledger ledger = new Ledger();
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(f -> String.valueOf(f.getFileName()).startsWith("ledger")).toList();
    }
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        ledger.add(line);
      }
    }
    return ledger;
  }

  private void add(String line) {
    String[] words = line.split(" ", -1);
    int number = Integer.parseInt(words[1]);
    double value = Double.parseDouble(words[2]);
    boolean isFirst =
        words[0].equals("ran")
            ? ran.putIfAbsent(value, number) == null
            : told.putIfAbsent(number, value) == null;
    if (!isFirst) {
      throw new AssertionError("twice: " + line);
    }
  }
}
