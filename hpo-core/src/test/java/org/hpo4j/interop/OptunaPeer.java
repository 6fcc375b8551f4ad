package org.hpo4j.interop;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hpo4j.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The real Optuna on one storage, which it opens anew for each request. One process of Python
 * serves all tests of a module, since it takes a second or two to start.
 */
public final class OptunaPeer {

  private static final long LONGEST_MINUTES = 5;

  /** Ends with this process, when its input does. */
  private static @Nullable Process process;

  private final String storage;

  /**
   * Takes a storage.
   *
   * @param storage a journal's path or the URL of a database, in the words of SQLAlchemy
   */
  public OptunaPeer(String storage) {
    this.storage = storage;
  }

  /** What Optuna knows about a study. */
  public Map<?, ?> dump(String study) throws IOException {
    return ask("dump", study, 0);
  }

  /** Runs trials, waiting ones first, and returns which it ran and what Optuna then knows. */
  public Map<?, ?> carryOn(String study, int count) throws IOException {
    return ask("continue", study, count);
  }

  /** Makes a study of all that Optuna has, beside others, and returns what Optuna knows of it. */
  public Map<?, ?> make(String study) throws IOException {
    return ask("make", study, 0);
  }

  /** Draws all plots of a study and returns what is in them. */
  public Map<?, ?> plots(String study) throws IOException {
    return ask("plots", study, 0);
  }

  /** The tables of a database. */
  public Map<?, ?> schema() throws IOException {
    return ask("schema", "", 0);
  }

  private Map<?, ?> ask(String command, String study, int count) throws IOException {
    String answer;
    synchronized (OptunaPeer.class) {
      Process python = started();
      BufferedWriter requests = python.outputWriter();
      requests.write(Json.write(List.of(command, storage, study, count)) + "\n");
      requests.flush();
      answer = readLine(python.inputReader());
    }
    Map<?, ?> reply = (Map<?, ?>) Json.parse(answer).orElseThrow();
    if (reply.containsKey("error")) {
      throw new AssertionError(
          "Optuna could not " + command + " " + storage + "\n" + reply.get("error"));
    }
    return reply;
  }

  private static Process started() throws IOException {
    Process running = process;
    if (running == null) {
      PythonEnvironment python = PythonEnvironment.install();
      Path script = Files.createTempFile("optuna_peer", ".py");
      script.toFile().deleteOnExit();
      try (InputStream text = OptunaPeer.class.getResourceAsStream("optuna_peer.py")) {
        Files.write(script, Objects.requireNonNull(text).readAllBytes());
      }
      running =
          new ProcessBuilder(python.command("python", script.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process = running;
    }
    return running;
  }

  private static String readLine(BufferedReader answers) {
    try {
      return CompletableFuture.supplyAsync(
              () -> {
                try {
                  return Objects.requireNonNull(answers.readLine(), "Python has ended");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES)
          .join();
    } catch (RuntimeException e) {
      throw new AssertionError("Optuna does not answer", e);
    }
  }
}
