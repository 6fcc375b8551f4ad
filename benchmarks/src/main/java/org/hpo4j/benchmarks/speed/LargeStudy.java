package org.hpo4j.benchmarks.speed;

import org.hpo4j.benchmarks.speed.Figure.Quantity;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;

/**
 * Whether a study of very many TPE trials finishes, what an ask costs at its end, and whether the
 * heap grows by no more than the trials. Run in a JVM of its own.
 */
final class LargeStudy {

  private static final int PARTS = 10;
  private static final int ASKS = 20;

  private LargeStudy() {}

  /**
   * Prints figures of the whole study and, on the standard error, the heap after each tenth of it.
   *
   * @param arguments how many trials
   */
  public static void main(String[] arguments) {
    int trials = Integer.parseInt(arguments[0]);
    long before = MeasuringJvm.usedHeap();
    Study study = Sphere.study(TpeSampler.ofDefaults());
    long start = System.nanoTime();
    for (int part = 1; part <= PARTS; part++) {
      int until = (int) ((long) trials * part / PARTS);
      study.optimize(Sphere::value, RunOptions.trials(until - (part == PARTS ? ASKS : 0)));
      double perTrial = (MeasuringJvm.usedHeap() - before) / (double) study.trialCount();
      System.err.printf(
          "%d trials, %.0f s, %.0f bytes of heap a trial%n",
          study.trialCount(), seconds(start), perTrial);
    }
    long end = System.nanoTime();
    study.optimize(Sphere::value, RunOptions.trials(trials));
    print(Quantity.LARGE_ASK, trials, seconds(end) / ASKS * 1e6);
    print(Quantity.LARGE_STUDY, trials, seconds(start));
    print(
        Quantity.LARGE_HEAP,
        trials,
        (MeasuringJvm.usedHeap() - before) / (double) study.trialCount());
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static void print(Quantity quantity, int trials, double value) {
    System.out.println(new Figure("hpo4j", quantity, "tpe", trials, value).toCsv());
  }
}
