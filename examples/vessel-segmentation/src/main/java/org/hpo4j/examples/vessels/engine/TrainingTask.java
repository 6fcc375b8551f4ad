package org.hpo4j.examples.vessels.engine;

import java.io.IOException;
import java.util.function.Function;
import org.hpo4j.examples.vessels.data.PatchSource;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;

/**
 * One kind of training: what is built, on what it is trained, and what is done with it then.
 *
 * @param plan the network of a trial's parameters
 * @param startFilters filters of a plain encoder's first level; they double with each level
 * @param depth how often a plain encoder halves the picture
 * @param training patches to train on
 * @param validation patches whose loss is a trial's value
 * @param settings how it is trained
 * @param keepWeights whether each trial's weights of its best epoch are attached to it; they are
 *     then what {@code finished} is given
 * @param finished is given each network when it is trained
 */
public record TrainingTask(
    Function<HyperParameters, NetworkPlan> plan,
    int startFilters,
    int depth,
    Function<Trial, PatchSource> training,
    Function<Trial, PatchSource> validation,
    Settings settings,
    boolean keepWeights,
    Finished finished) {

  /**
   * Returns the filters of ResNet-34's first convolution: twice those of a plain encoder, so that
   * 32 stand beside the 64 of He et al. (2016).
   */
  int residualFilters() {
    return 2 * startFilters;
  }

  /**
   * How a network is trained: binary cross-entropy, and a rate of {@code learningRate / (1 + decay
   * * step)}, which is the {@code decay} of Keras' optimizers.
   *
   * @param epochs number of epochs
   * @param learningRate of the first step
   * @param decay by step
   */
  public record Settings(int epochs, double learningRate, double decay) {}

  /** Is told of a trained network. */
  @FunctionalInterface
  public interface Finished {

    /** Called on the trial's thread; the network is closed afterwards. */
    void accept(Trial trial, TrainedNetwork network) throws IOException;
  }
}
