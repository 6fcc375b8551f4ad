package org.hpo4j.examples.unet;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what an adapter costs: one trial of a study against a bare loop over the same network.
 *
 * <p>The bare loop calls the engine and nothing else: no study, trial, report, prefetching or
 * check. Both train the same U-Net on the same arrays, which were made beforehand, so that neither
 * waits for data. Runs alternate, first one and then the other in front; the figures are the
 * medians of the paired ratios, with their quartiles. Command:
 *
 * <pre>{@code
 * ./mvnw -q -Pstudy -pl examples/unet-segmentation -am package \
 *     -Dstudy.main=org.hpo4j.examples.unet.AdapterOverhead -Dstudy.args=djl
 * }</pre>
 *
 * or {@code -Dstudy.args=tensorflow}.
 */
public final class AdapterOverhead {
  static final int TILE = 64;
  static final int BATCH = 8;
  static final int STEPS = 20;
  static final int EPOCHS = 4;
  static final float RATE = 1e-3f;
  private static final int PAIRS = 15;

  private AdapterOverhead() {}

  /** The same training both ways. */
  interface Loops {
    void bare();

    void adapted() throws IOException;
  }

  /** Measures and prints. */
  public static void main(String[] args) throws IOException {
    Loops loops =
        switch (String.join(" ", args)) {
          case "djl" -> new DjlLoops();
          case "tensorflow" -> new TensorFlowLoops();
          default ->
              throw new IllegalArgumentException(
                  "the engine is '%s', must be djl or tensorflow"
                      .formatted(String.join(" ", args)));
        };
    loops.bare();
    loops.adapted();
    List<Double> wall = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      boolean bareFirst = pair % 2 == 0;
      Cost first = cost(loops, bareFirst);
      Cost second = cost(loops, !bareFirst);
      Cost bare = bareFirst ? first : second;
      Cost adapted = bareFirst ? second : first;
      wall.add(adapted.wall / bare.wall);
      processor.add(adapted.processor / bare.processor);
      System.out.printf(
          "pair %2d: bare %.3f s (%.3f CPU-s), adapter %.3f s (%.3f CPU-s)%n",
          pair + 1, bare.wall, bare.processor, adapted.wall, adapted.processor);
    }
    System.out.printf("%d pairs of %d steps, adapter / bare:%n", PAIRS, EPOCHS * STEPS);
    print("wall time", wall);
    print("CPU time", processor);
  }

  private static void print(String what, List<Double> ratios) {
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "%-9s median %.4f, quartiles %.4f and %.4f%n",
        what, sorted[PAIRS / 2], sorted[PAIRS / 4], sorted[3 * PAIRS / 4]);
  }

  private static Cost cost(Loops loops, boolean bare) throws IOException {
    Cost start = Cost.now();
    if (bare) {
      loops.bare();
    } else {
      loops.adapted();
    }
    return Cost.since(start);
  }

  /** Seconds since some moment, of the clock and of all threads of the process. */
  private record Cost(double wall, double processor) {
    static Cost now() {
      OperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      return new Cost(System.nanoTime() / 1e9, system.getProcessCpuTime() / 1e9);
    }

    static Cost since(Cost start) {
      Cost now = now();
      return new Cost(now.wall - start.wall, now.processor - start.processor);
    }
  }

  static void requireFinite(float loss) {
    if (!Float.isFinite(loss)) {
      throw new IllegalStateException("the loss is " + loss);
    }
  }
}
