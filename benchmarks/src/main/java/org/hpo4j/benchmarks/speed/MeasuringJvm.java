package org.hpo4j.benchmarks.speed;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for a measurement that no other may disturb. */
final class MeasuringJvm {

  private MeasuringJvm() {}

  /**
   * Runs a class's main method in a new JVM with the serial collector.
   *
   * @return what it printed
   * @throws IOException if the JVM fails
   */
  static String run(Class<?> type, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                type.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(type.getName() + " failed: " + output);
    }
    return output.strip();
  }

  /** The heap in use after a collection, in bytes. */
  static long usedHeap() {
    // The serial collector empties the heap in one call.
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
