package org.hpo4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Python libraries that the samplers are measured beside: scripts run by the interpreter of a
 * virtual environment, which {@code benchmarks/python/setup.sh} prepares.
 *
 * @param interpreter the environment's Python
 * @param scripts the folder of the scripts
 */
public record PythonPeers(Path interpreter, Path scripts) {

  /** The interpreter that {@code setup.sh} makes, seen from the root of the repository. */
  public static final String INTERPRETER = "benchmarks/python/.venv/bin/python";

  /** The scripts, seen from the root of the repository. */
  public static final String SCRIPTS = "benchmarks/python";

  /** Whether the interpreter and the scripts exist. */
  public boolean areAvailable() {
    return Files.isExecutable(interpreter) && Files.isDirectory(scripts);
  }

  /** Versions of Python and the libraries, or the reason why there are none. */
  public String versions() throws IOException, InterruptedException {
    return areAvailable() ? run("versions.py", List.of()).strip() : absence();
  }

  /** Why nothing was measured, in words. */
  public String absence() {
    return "peers not measured: no " + interpreter + "; run benchmarks/python/setup.sh";
  }

  /**
   * Runs a script to its end; its messages go to the standard error.
   *
   * @return what it wrote to its standard output
   * @throws IOException if it cannot be started or fails
   */
  public String run(String script, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(interpreter.toString());
    command.add(scripts.resolve(script).toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with status " + status);
    }
    return output;
  }
}
