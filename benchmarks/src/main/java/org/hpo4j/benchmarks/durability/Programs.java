package org.hpo4j.benchmarks.durability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.benchmarks.peers.PythonPeers;

/**
 * The command lines of the programs that work on studies.
 *
 * @param python the environment with Optuna
 */
record Programs(PythonPeers python) {

  private static final String SCRIPT = "durability.py";

  /** Whether Optuna can be measured. */
  boolean haveOptuna() {
    return python.areAvailable();
  }

  /** Its versions, or why there are none. */
  String versions() throws IOException, InterruptedException {
    return haveOptuna()
        ? python.run(SCRIPT, List.of("versions")).strip()
        : "Optuna not measured: no "
            + python.interpreter()
            + "; run benchmarks/python/setup.sh durability";
  }

  /** A worker of this library. */
  List<String> own(String address, int threads) {
    return java(OwnWorker.class, List.of(address, Integer.toString(threads)));
  }

  /**
   * A worker whose trials take some time, {@link Load#millis}.
   *
   * @param lag of an ordered run; 0 for asap
   */
  List<String> patient(String address, int threads, int lag) {
    return java(
        OwnWorker.class, List.of(address, Integer.toString(threads), Integer.toString(lag)));
  }

  /** A worker of Optuna. */
  List<String> optuna(String address, int seed) {
    return List.of(
        python.interpreter().toString(),
        python.scripts().resolve(SCRIPT).toString(),
        "work",
        address,
        Load.NAME,
        Integer.toString(seed));
  }

  /** Opens a study several times in a JVM of its own. */
  Opening ownOpening(String what, String address, int trials, int times)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(java(Openings.class, List.of(address, Integer.toString(times))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(what + " failed: " + output);
    }
    return Opening.parse(what, trials, output.lines().toList());
  }

  /** Lets Optuna open a study. */
  Opening optunaOpening(String what, String address, int trials)
      throws IOException, InterruptedException {
    return Opening.parse(
        what, trials, python.run(SCRIPT, List.of("open", address, Load.NAME)).lines().toList());
  }

  private static List<String> java(Class<?> main, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(arguments);
    return command;
  }
}
