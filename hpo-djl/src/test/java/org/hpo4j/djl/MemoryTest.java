package org.hpo4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A training's native memory is flat: what a step takes, it gives back. */
class MemoryTest {
  private static final Pattern TOLD = Pattern.compile("steps (\\d+) kB (\\d+)");
  private static final int WARM_UP_STEPS = 100;

  @Test
  void residentMemoryIsFlatOver500Steps() throws IOException, InterruptedException {
    assumeThat(Path.of("/proc/self/status")).as("Linux tells resident memory there").exists();
    List<Long> resident = new ArrayList<>();
    for (String line : probe(12)) {
      Matcher told = TOLD.matcher(line);
      if (told.matches() && Integer.parseInt(told.group(1)) >= WARM_UP_STEPS) {
        resident.add(Long.parseLong(told.group(2)));
      }
    }

    // 100 to 600 steps. One array of 32 kB that stays in each step would be as much.
    assertThat(resident).hasSize(11);
    assertThat(resident.get(10) - resident.get(0)).as("growth in kB").isLessThan(16_000);
  }

  /**
   * Runs in a JVM of its own, whose heap is resident from the start and whose second compiler,
   * which takes memory of its own at some time, is off.
   */
  private static List<String> probe(int epochs) throws IOException, InterruptedException {
    Path output = Files.createTempFile("hpo4j-memory", ".txt");
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xms64m",
                  "-Xmx64m",
                  "-XX:+AlwaysPreTouch",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:MaxDirectMemorySize=64m",
                  "-Dai.djl.pytorch.num_threads=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  MemoryProbe.class.getName(),
                  Integer.toString(epochs))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor()).as("exit code").isZero();
      return Files.readAllLines(output, StandardCharsets.UTF_8);
    } finally {
      Files.delete(output);
    }
  }
}
