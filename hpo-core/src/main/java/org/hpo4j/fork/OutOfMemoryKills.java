package org.hpo4j.fork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How many processes the Linux kernel has killed for lack of memory since it started: {@code
 * oom_kill} in {@code /proc/vmstat}, of all containers and users together.
 */
final class OutOfMemoryKills {

  private static final Path COUNTERS = Path.of("/proc/vmstat");

  private OutOfMemoryKills() {}

  /** The count; empty on other systems and old kernels. */
  static OptionalLong count() {
    try (Stream<String> lines = Files.lines(COUNTERS)) {
      return lines
          .filter(line -> line.startsWith("oom_kill "))
          .mapToLong(line -> Long.parseLong(line.substring("oom_kill ".length()).strip()))
          .findFirst();
    } catch (IOException e) {
      // Not Linux, or not shown to this process.
      return OptionalLong.empty();
    }
  }
}
