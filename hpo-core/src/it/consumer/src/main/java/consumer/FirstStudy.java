package consumer;

import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;

/** A study in ten lines. */
public final class FirstStudy {

  private FirstStudy() {}

  /** Looks for the lowest point of a parabola. */
  public static Study run() {
    Study study = Study.named("first").minimize("loss").seed(42).create();
    study.optimize(
        hp -> {
          double x = hp.uniform("x", -10, 10);
          double power = hp.choice("power", 2.0, 4.0);
          return Math.pow(Math.abs(x - 3), power);
        },
        RunOptions.trials(50));
    return study;
  }

  /** Prints what was found. */
  public static void main(String[] args) {
    System.out.println(run().summary().toTable());
  }
}
