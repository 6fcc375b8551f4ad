package org.hpo4j.examples.documents;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that replace sizes of the profile. */
final class SizeOptions {
  @Option(names = "--repetitions", description = "Default is the profile's, as for all below.")
  private Optional<Integer> repetitions = Optional.empty();

  @Option(names = "--tile", description = "Height and width of a crop in pixels.")
  private Optional<Integer> tile = Optional.empty();

  @Option(names = "--batch", description = "Crops in a batch.")
  private Optional<Integer> batch = Optional.empty();

  @Option(names = "--steps", description = "Training steps in an epoch.")
  private Optional<Integer> steps = Optional.empty();

  @Option(names = "--epochs", description = "Most epochs of a trial.")
  private Optional<Integer> epochs = Optional.empty();

  @Option(names = "--learning-rate", description = "Adam's step size.")
  private Optional<Double> learningRate = Optional.empty();

  /**
   * Returns a profile with what was given in place of its own.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  Profile apply(Profile base, NetworkSpace space) {
    return new Profile(
        base.classes(),
        base.size(),
        tile.orElse(base.tile()),
        batch.orElse(base.batch()),
        steps.orElse(base.steps()),
        epochs.orElse(base.epochs()),
        base.factor(),
        learningRate.orElse(base.learningRate()),
        space,
        base.trainScans(),
        base.heldScans(),
        repetitions.orElse(base.repetitions()));
  }
}
