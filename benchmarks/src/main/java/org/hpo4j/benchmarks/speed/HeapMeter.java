package org.hpo4j.benchmarks.speed;

import org.hpo4j.benchmarks.speed.Figure.Quantity;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;

/** The heap that a finished trial of ten parameters holds, measured in a JVM of its own. */
final class HeapMeter {

  static final int TRIALS = 100_000;

  /** Loads and compiles everything, so that this does not count as the study's. */
  private static final int REHEARSAL = 1_000;

  private HeapMeter() {}

  /** Prints the bytes a trial as a figure. */
  public static void main(String[] arguments) {
    run(REHEARSAL);
    long before = MeasuringJvm.usedHeap();
    Study study = run(TRIALS);
    long after = MeasuringJvm.usedHeap();
    // Asking the study keeps it reachable until the heap was measured.
    if (study.trialCount() != TRIALS) {
      throw new IllegalStateException("the study has " + study.trialCount() + " trials");
    }
    double bytes = (after - before) / (double) TRIALS;
    System.out.println(new Figure("hpo4j", Quantity.HEAP, "random", TRIALS, bytes).toCsv());
  }

  private static Study run(int trials) {
    Study study = Sphere.study(RandomSampler.ofDefaults());
    study.optimize(Sphere::value, RunOptions.trials(trials));
    return study;
  }
}
