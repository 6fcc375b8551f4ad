package org.hpo4j.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hpo4j.json.Json;

/** The real TensorBoard, in a virtual environment under {@code target}. */
final class TensorBoardPeer {

  private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();
  private static final Path ENVIRONMENT = Path.of("target", "tensorboard-environment");
  private static final long LONGEST_MINUTES = 5;

  private final Path python;

  private TensorBoardPeer(Path python) {
    this.python = python;
  }

  /** Installs TensorBoard unless a run before did with the same requirements. */
  static TensorBoardPeer install() throws IOException {
    Path bin = ENVIRONMENT.resolve(Files.isDirectory(Path.of("/bin")) ? "bin" : "Scripts");
    Path python = bin.resolve("python").toAbsolutePath();
    Path requirements = SCRIPTS.resolve("requirements.txt");
    Path installed = ENVIRONMENT.resolve("installed.txt");
    if (!Files.exists(installed) || Files.mismatch(requirements, installed) >= 0) {
      String system = System.getenv().getOrDefault("HPO4J_PYTHON", "python3");
      run(
          "needs Python 3.9 or newer with venv (Debian: python3 python3-venv); HPO4J_PYTHON may"
              + " name it",
          List.of(system, "-m", "venv", "--clear", ENVIRONMENT.toString()));
      run(
          "needs the Python package index, or a mirror of it in pip's configuration",
          List.of(
              python.toString(), "-m", "pip", "install", "--quiet", "-r", requirements.toString()));
      Files.copy(requirements, installed);
    }
    return new TensorBoardPeer(python);
  }

  /** What TensorBoard's event loader reads, by run. */
  Map<?, ?> load(Path folder) throws IOException {
    return ask("load", folder);
  }

  /** What TensorBoard's server tells the browser. */
  Map<?, ?> serve(Path folder) throws IOException {
    return ask("serve", folder);
  }

  private Map<?, ?> ask(String command, Path folder) throws IOException {
    String output =
        run(
            "TensorBoard could not " + command + " " + folder,
            List.of(
                python.toString(),
                SCRIPTS.resolve("tensorboard_peer.py").toString(),
                command,
                folder.toString()));
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
