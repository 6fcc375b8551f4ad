package org.hpo4j.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hpo4j.json.Json;

/**
 * The Python libraries that the samplers are measured beside: scripts run by the interpreter of a
 * virtual environment, which {@code benchmarks/python/setup.sh} prepares.
 *
 * @param interpreter the environment's Python
 * @param scripts the folder of the scripts
 */
public record PythonPeers(Path interpreter, Path scripts) {

  private static final String FOLDER = "benchmarks/python";

  /** The scripts, seen from the root of the repository. */
  public static Path folder() {
    return Path.of(FOLDER);
  }

  /** The interpreters that {@code setup.sh} makes, seen from the root of the repository. */
  public static List<Path> interpreters() {
    return List.of(
        Path.of(FOLDER, ".venv", "bin", "python"), Path.of(FOLDER, ".venv-hebo", "bin", "python"));
  }

  /** Whether the interpreter and the scripts exist. */
  public boolean areAvailable() {
    return Files.isExecutable(interpreter) && Files.isDirectory(scripts);
  }

  /**
   * The samplers that can be run, each with the versions of the libraries that it depends on.
   *
   * @throws IOException if the interpreter fails
   */
  public Map<String, String> samplers() throws IOException, InterruptedException {
    Map<?, ?> listing = (Map<?, ?>) Json.parse(run("peer.py", List.of("--list"))).orElseThrow();
    Map<String, String> samplers = new LinkedHashMap<>();
    if (listing.get("samplers") instanceof Map<?, ?> versions) {
      versions.forEach((name, version) -> samplers.put((String) name, (String) version));
    }
    return samplers;
  }

  /** Versions of the libraries, or the reason why there are none. */
  public String versions() throws IOException, InterruptedException {
    return areAvailable()
        ? samplers().values().stream().distinct().collect(Collectors.joining("; "))
        : absence();
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
