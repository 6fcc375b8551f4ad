package org.hpo4j.benchmarks.durability;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A process that works on a study whenever it is told to, {@link OwnWorker} or {@code
 * durability.py}: it prints "ready", reads a number of seconds, prints how many trials it made and
 * how long that took, and so on until its input ends.
 */
final class WorkerProcess implements Closeable {

  /**
   * What it did when it was told to work.
   *
   * @param trials that it finished
   * @param seconds that they took
   */
  record Work(int trials, double seconds) {}

  private final List<String> command;
  private final Process process;
  private final BufferedReader in;
  private final BufferedWriter out;

  private WorkerProcess(List<String> command) throws IOException {
    this.command = command;
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    in = process.inputReader();
    out = process.outputWriter();
  }

  /** Starts a process, whose errors go to the standard error. */
  static WorkerProcess start(List<String> command) throws IOException {
    return new WorkerProcess(command);
  }

  /** Waits until it has opened its study. */
  void awaitReady() throws IOException {
    String line = line();
    if (!line.equals("ready")) {
      throw new IOException(String.join(" ", command) + " is not ready: " + line);
    }
  }

  /** Lets it work; {@link #result} waits for its end. */
  void work(Duration time) throws IOException {
    out.write(Double.toString(time.toNanos() * 1e-9));
    out.newLine();
    out.flush();
  }

  Work result() throws IOException {
    String line = line();
    String[] fields = line.split(" ", -1);
    if (fields.length != 2) {
      throw new IOException(String.join(" ", command) + ": not a number of trials: " + line);
    }
    return new Work(Integer.parseInt(fields[0]), Double.parseDouble(fields[1]));
  }

  private String line() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return line;
  }

  /** Lets it end. */
  void endInput() throws IOException {
    out.close();
  }

  /** Waits for its end. */
  @Override
  public void close() throws IOException {
    endInput();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    in.close();
  }
}
