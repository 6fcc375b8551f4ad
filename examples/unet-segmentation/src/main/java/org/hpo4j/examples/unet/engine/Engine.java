package org.hpo4j.examples.unet.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.hpo4j.examples.unet.data.CropSource;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.study.Objective;
import org.hpo4j.study.Study;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;

/** What the study asks of the library that trains its networks. */
public interface Engine {

  /**
   * Returns the objective of the search: the validation loss of a trial's network, whose weights
   * are attached to it.
   *
   * @param unet the network that a trial's parameters stand for
   * @param training a trial's batches
   * @param validation batches of every evaluation
   */
  Objective<IOException> objective(
      Function<HyperParameters, UNet> unet,
      Function<Trial, CropSource> training,
      CropSource validation,
      Schedule schedule);

  /**
   * Opens a network with first weights.
   *
   * @param seed decides them; layers of the same name and shape have the same weights for the same
   *     seed
   */
  TrainedUNet open(UNet unet, long seed) throws IOException;

  /**
   * Opens a model that {@link TrainedUNet#export} has written.
   *
   * @throws IllegalArgumentException if the folder has none of this engine's
   * @throws IOException if it can't be read
   */
  UNetModel load(Path folder) throws IOException;

  /**
   * Returns where a trial of {@link #objective} has kept the weights of its best epoch, for {@link
   * TrainedUNet#restore}; empty if it has none.
   */
  Optional<Path> keptWeights(Study study, int trial);

  /** Returns whether {@link TrainedUNet#save} has written weights there. */
  boolean hasWeights(Path path);
}
