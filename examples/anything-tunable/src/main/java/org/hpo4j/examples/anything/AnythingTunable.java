package org.hpo4j.examples.anything;

import ai.djl.training.evaluator.Accuracy;
import java.io.IOException;
import org.hpo4j.djl.DjlObjective;
import org.hpo4j.djl.ExampleBatches;
import org.hpo4j.study.ProgressLine;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;

/** Tells two spirals apart, with everything about the training a hyperparameter. */
public final class AnythingTunable {
  private static final int TRIALS = 40;
  private static final int EPOCHS = 15;
  private static final int POINTS = 400;

  private AnythingTunable() {}

  /**
   * Runs the study and prints its summary.
   *
   * @param args the number of trials; 40 by default
   * @throws IOException never: the data are drawn
   */
  public static void main(String[] args) throws IOException {
    int trials = args.length > 0 ? Integer.parseInt(args[0]) : TRIALS;
    System.out.println(run(trials, EPOCHS, POINTS).summary().toTable());
  }

  static Study run(int trials, int epochs, int points) throws IOException {
    Spirals training = Spirals.draw(points, 1);
    Spirals validation = Spirals.draw(points, 2);
    DjlObjective objective =
        DjlObjective.builder(Choices::network)
            .loss(Choices::loss)
            .optimizer(Choices::optimizer)
            .learningRate(Choices::rate)
            .training(trial -> Choices.batches(training, trial))
            .validation(ExampleBatches.of(validation.points(), validation.arms(), points))
            .metric("accuracy", hp -> new Accuracy())
            .monitor("accuracy", Direction.MAXIMIZE)
            .epochs(epochs)
            .patience(8)
            .build();
    Study study = Study.named("anything").maximize("accuracy").seed(42).create();
    study.optimize(objective, RunOptions.trials(trials).withListener(ProgressLine.of(trials)));
    return study;
  }
}
