package org.hpo4j.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A virtual environment of Python under {@code target}, with what a module's tests need. */
public final class PythonEnvironment {

  private static final long LONGEST_MINUTES = 5;

  private final Path bin;

  private PythonEnvironment(Path bin) {
    this.bin = bin;
  }

  /** Installs the module's {@code src/test/python/requirements.txt} unless a run before did. */
  public static PythonEnvironment install() throws IOException {
    Path requirements = Path.of("src", "test", "python", "requirements.txt").toAbsolutePath();
    Path environment = Path.of("target", "python").toAbsolutePath();
    Path bin = environment.resolve(Files.isDirectory(Path.of("/bin")) ? "bin" : "Scripts");
    Path installed = environment.resolve("installed.txt");
    if (!Files.exists(installed) || Files.mismatch(requirements, installed) >= 0) {
      String system = System.getenv().getOrDefault("HPO4J_PYTHON", "python3");
      run(
          "needs Python 3.9 or newer with venv (Debian: python3 python3-venv); HPO4J_PYTHON may"
              + " name it",
          List.of(system, "-m", "venv", "--clear", environment.toString()));
      run(
          "needs the Python package index, or a mirror of it in pip's configuration",
          List.of(
              bin.resolve("python").toString(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--requirement",
              requirements.toString()));
      Files.copy(requirements, installed);
    }
    return new PythonEnvironment(bin);
  }

  /** A command line that runs one of the environment's programs, such as {@code python}. */
  public List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(bin.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /**
   * Runs a command and returns what it prints.
   *
   * @param hint what a failure means
   */
  public static String run(String hint, List<String> command) throws IOException {
    Path output = Files.createTempFile("peer", ".out");
    Path errors = Files.createTempFile("peer", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
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
