package org.hpo4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a figure depends on beside the code: date, machine, versions. A figure is none without. */
public final class Environment {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Environment() {}

  /**
   * A list in Markdown.
   *
   * @param arguments those of the command line
   * @param peers the peers' versions, or why there are none
   */
  public static String describe(List<String> arguments, String peers) throws IOException {
    return String.join(
        "\n",
        "- Command: `java -jar benchmarks/target/benchmarks.jar "
            + String.join(" ", arguments)
            + "`",
        "- Date: " + Instant.now().truncatedTo(ChronoUnit.SECONDS),
        "- Machine: " + machine(),
        "- Versions: hpo4j " + version() + ", Java " + java() + "; " + peers,
        "");
  }

  /** The version of this library with a digest of its classes: another for any changed code. */
  public static String codeVersion() {
    return "hpo4j " + version() + " " + CodeDigest.VALUE;
  }

  private static String machine() throws IOException {
    return cpu().orElse(System.getProperty("os.arch"))
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors, "
        + System.getProperty("os.name");
  }

  /** The processor's name, where the system is Linux and tells it. */
  private static Optional<String> cpu() throws IOException {
    if (!Files.isReadable(CPU_INFO)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    }
  }

  private static String java() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
  }

  private static String version() {
    return Optional.ofNullable(Environment.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
