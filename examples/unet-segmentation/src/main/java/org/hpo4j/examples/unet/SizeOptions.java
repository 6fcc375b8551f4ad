package org.hpo4j.examples.unet;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that replace sizes of the profile. */
final class SizeOptions {
  @Option(names = "--trials", description = "Default is the profile's, as for all below.")
  private Optional<Integer> trials = Optional.empty();

  @Option(names = "--tile", description = "Height and width of a crop in pixels.")
  private Optional<Integer> tile = Optional.empty();

  @Option(names = "--scale", description = "What the network's filter counts are divided by.")
  private Optional<Integer> scale = Optional.empty();

  @Option(names = "--batch", description = "Crops in a batch.")
  private Optional<Integer> batch = Optional.empty();

  @Option(names = "--steps", description = "Training steps in an epoch.")
  private Optional<Integer> steps = Optional.empty();

  @Option(names = "--epochs", description = "Epochs of a training.")
  private Optional<Integer> epochs = Optional.empty();

  @Option(names = "--learning-rate", description = "Rate of the first step.")
  private Optional<Double> learningRate = Optional.empty();

  /**
   * Returns a profile with what was given in place of its own.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  Profile apply(Profile base) {
    return new Profile(
        tile.orElse(base.tile()),
        scale.orElse(base.scale()),
        batch.orElse(base.batch()),
        steps.orElse(base.steps()),
        epochs.orElse(base.epochs()),
        learningRate.orElse(base.learningRate()),
        trials.orElse(base.trials()),
        base.trainTiles(),
        base.heldTiles());
  }
}
