package org.hpo4j.storage.optuna;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hpo4j.json.Json;

/** The real Optuna, in a virtual environment under {@code target}. */
final class OptunaPeer {

  /** The version that the formats are held against. */
  static final String OPTUNA = "optuna==5.0.0";

  private static final Path ENVIRONMENT = Path.of("target", OPTUNA.replace("==", "-"));
  private static final Path SCRIPT = Path.of("src", "test", "python", "optuna_peer.py");
  private static final long LONGEST_MINUTES = 5;

  private final Path python;

  private OptunaPeer(Path python) {
    this.python = python;
  }

  /** Installs Optuna unless a run before did. */
  static OptunaPeer install() throws IOException {
    Path bin = ENVIRONMENT.resolve(Files.isDirectory(Path.of("/bin")) ? "bin" : "Scripts");
    Path python = bin.resolve("python").toAbsolutePath();
    Path installed = ENVIRONMENT.resolve("installed");
    if (!Files.exists(installed)) {
      String system = System.getenv().getOrDefault("HPO4J_PYTHON", "python3");
      run(
          "needs Python 3.9 or newer with venv (Debian: python3 python3-venv); HPO4J_PYTHON may"
              + " name it",
          List.of(system, "-m", "venv", ENVIRONMENT.toString()));
      run(
          "needs the Python package index, or a mirror of it in pip's configuration",
          List.of(python.toString(), "-m", "pip", "install", "--quiet", OPTUNA));
      Files.createFile(installed);
    }
    return new OptunaPeer(python);
  }

  /** Runs a command of the script and returns what Optuna then knows about the study. */
  Map<?, ?> run(String command, Path journal, String study, int count) throws IOException {
    String output =
        run(
            "Optuna could not " + command + " " + journal,
            List.of(
                python.toString(),
                SCRIPT.toAbsolutePath().toString(),
                command,
                journal.toString(),
                study,
                Integer.toString(count)));
    return (Map<?, ?>) Json.parse(output).orElseThrow();
  }

  private static String run(String hint, List<String> command) throws IOException {
    Path output = Files.createTempFile("peer", ".out");
    Path errors = Files.createTempFile("peer", ".err");
    try {
      Process process =
          new ProcessBuilder(new ArrayList<>(command))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(hint + "\n" + command + " failed:\n" + Files.readString(errors));
      }
      return Files.readString(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } catch (IOException e) {
      throw new UncheckedIOException(hint, e);
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
