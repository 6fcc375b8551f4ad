package org.hpo4j.examples.quickstart;

import java.nio.file.Path;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.ProgressLine;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;

/** The study of the README: start it again, and it goes on where it stopped. */
public final class Quickstart {

  private static final int TRIALS = 60;

  private Quickstart() {}

  /**
   * Runs the study and prints its summary.
   *
   * @param args the journal's file; {@code runs/quickstart.log} by default
   */
  public static void main(String[] args) {
    Path file = Path.of(args.length > 0 ? args[0] : "runs/quickstart.log");
    try (Storage journal = JournalStorage.open(file)) {
      System.out.println(run(journal).summary().toTable());
    }
  }

  static Study run(Storage journal) {
    Study study =
        Study.named("quickstart").minimize("loss").seed(42).storage(journal).createOrResume();
    study.optimize(
        trial -> {
          double rate = trial.logUniform("learning_rate", 1e-5, 1e-1);
          int layers = trial.integer("layers", 1, 6);
          String activation = trial.choice("activation", "relu", "elu", "mish");
          return train(rate, layers, activation);
        },
        RunOptions.trials(TRIALS).withParallelism(2).withListener(ProgressLine.of(TRIALS)));
    return study;
  }

  /**
   * Stands for a training: a loss that is lowest, 0.1, at a rate of 0.001 with 4 layers of mish.
   */
  static double train(double rate, int layers, String activation) {
    double decades = Math.log10(rate) + 3;
    double depth = layers - 4;
    double penalty =
        switch (activation) {
          case "relu" -> 0.10;
          case "elu" -> 0.05;
          default -> 0;
        };
    return 0.1 + 0.2 * decades * decades + 0.02 * depth * depth + penalty;
  }
}
