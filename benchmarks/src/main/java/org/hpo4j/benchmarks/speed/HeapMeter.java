package org.hpo4j.benchmarks.speed;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;

/** The heap that a finished trial of ten parameters holds, measured in a JVM of its own. */
final class HeapMeter {

  static final int TRIALS = 100_000;

  /** Loads and compiles everything, so that this does not count as the study's. */
  private static final int REHEARSAL = 1_000;

  private HeapMeter() {}

  /** Prints the bytes a trial. */
  public static void main(String[] arguments) {
    run(REHEARSAL);
    long before = usedHeap();
    Study study = run(TRIALS);
    long after = usedHeap();
    // Asking the study keeps it reachable until the heap was measured.
    if (study.trialCount() != TRIALS) {
      throw new IllegalStateException("the study has " + study.trialCount() + " trials");
    }
    System.out.println((after - before) / (double) TRIALS);
  }

  private static Study run(int trials) {
    Study study = Sphere.study(RandomSampler.ofDefaults());
    study.optimize(Sphere::value, RunOptions.trials(trials));
    return study;
  }

  private static long usedHeap() {
    // The serial collector, which this JVM is started with, empties the heap in one call.
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /**
   * Runs {@link #main} in a new JVM.
   *
   * @return bytes a trial
   * @throws IOException if the JVM fails
   */
  static double bytesPerTrial() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HeapMeter.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("measuring the heap failed: " + output);
    }
    return Double.parseDouble(output.strip());
  }
}
