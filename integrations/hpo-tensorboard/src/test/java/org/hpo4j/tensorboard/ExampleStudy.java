package org.hpo4j.tensorboard;

import java.nio.file.Path;
import java.util.List;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Trial;

/** A study of a few seconds with something on each of TensorBoard's pages; see pages.sh. */
public final class ExampleStudy {

  private static final Parameter<Double> RATE = Parameters.logUniform("rate", 1e-3, 1);
  private static final Parameter<Integer> UNITS = Parameters.integer("units", 2, 32);
  private static final Parameter<String> ACTIVATION =
      Parameters.choice("activation", "tanh", "relu");
  private static final Parameter<Boolean> SHUFFLE = Parameters.bool("shuffle");
  private static final int EPOCHS = 20;

  private final TensorBoardListener tensorBoard;

  private ExampleStudy(TensorBoardListener tensorBoard) {
    this.tensorBoard = tensorBoard;
  }

  /**
   * Runs the study.
   *
   * @param args the folder of the runs
   */
  public static void main(String[] args) {
    Study study =
        Study.named("moons")
            .minimize("validation_loss")
            .space(SearchSpace.of(RATE, UNITS, ACTIVATION, SHUFFLE))
            .sampler(TpeSampler.ofDefaults())
            .pruner(MedianPruner.ofDefaults())
            .seed(7)
            .create();
    try (TensorBoardListener tensorBoard = TensorBoardListener.of(Path.of(args[0]))) {
      ExampleStudy example = new ExampleStudy(tensorBoard);
      study.optimize(example::train, RunOptions.trials(30).withListener(tensorBoard));
    }
    System.out.println(study.summary().toTable());
  }

  private double train(Trial trial) {
    TinyNetwork network =
        new TinyNetwork(
            trial.suggest(UNITS),
            trial.suggest(ACTIVATION).equals("relu"),
            trial.random("weights"));
    SummaryWriter run = tensorBoard.writer(trial);
    run.graph(network.graph());
    List<TinyNetwork.Sample> validation = TinyNetwork.moons(200, trial.random("validation"));
    double best = Double.POSITIVE_INFINITY;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      // Shuffled: other points in each epoch; else the same over and over.
      String purpose = trial.suggest(SHUFFLE) ? "epoch " + epoch : "epoch 0";
      network.train(TinyNetwork.moons(100, trial.random(purpose)), trial.suggest(RATE));
      run.histogram("hidden/weights", epoch, network.hidden);
      run.histogram("output/weights", epoch, network.output);
      if (epoch % 5 == 4) {
        run.image("decision", epoch, network.picture(validation));
      }
      double loss = network.loss(validation);
      best = Math.min(best, loss);
      trial.report("accuracy", epoch, network.accuracy(validation));
      trial.reportOrPrune(epoch, loss);
    }
    return best;
  }
}
