package org.hpo4j.examples.unet.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.hpo4j.examples.unet.data.CropSource;

/** One network with its weights, which can be trained. */
public interface TrainedUNet extends UNetModel {

  /** Is told of each epoch once its validation loss is known. */
  @FunctionalInterface
  interface AfterEpoch {
    void accept(int epoch, double validationLoss) throws IOException;
  }

  /** Trains all epochs of a schedule. */
  void train(CropSource training, CropSource validation, Schedule schedule, AfterEpoch listener)
      throws IOException;

  /** Returns the mean loss over epoch 0 of a source, each batch weighted by its crops. */
  double loss(CropSource source) throws IOException;

  /**
   * Returns the values of a variable, such as {@code head/kernel}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  float[] weights(String name);

  /** Writes the weights. */
  void save(Path path) throws IOException;

  /** Reads the weights that {@link #save} wrote. */
  void restore(Path path) throws IOException;

  /**
   * Writes network and weights in the engine's own format, for {@link Engine#load} and for programs
   * without this study's code. An earlier model is replaced.
   */
  void export(Path folder) throws IOException;
}
