package org.hpo4j.examples.unet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hpo4j.examples.unet.data.CropSource;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Seeds;
import org.hpo4j.examples.unet.data.Tile;
import org.hpo4j.examples.unet.data.TileBatches;
import org.hpo4j.examples.unet.data.TileSplit;
import org.hpo4j.examples.unet.engine.Engine;
import org.hpo4j.examples.unet.engine.TrainedUNet;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.examples.unet.report.Confusion;
import org.hpo4j.examples.unet.report.Score;
import org.hpo4j.examples.unet.report.Segmentation;

/**
 * Trains one network afresh, as a trial would be, and scores it on the test tiles with the weights
 * of its best epoch.
 *
 * <p>Repetitions have seeds of their own, which no trial had. The same repetition of two networks
 * has the same batches and, but for the last layer, the same first weights, so that their scores
 * can be compared in pairs.
 *
 * @param seed of the study
 */
record Retraining(Profile profile, TileSplit tiles, Engine engine, long seed) {

  /** Is shown a network before its first epoch and after each. */
  @FunctionalInterface
  interface Observer {

    /** Observes nothing. */
    Observer NONE = (network, epoch) -> {};

    /**
     * Called between epochs.
     *
     * @param epoch how many the network has had
     */
    void observe(TrainedUNet network, int epoch) throws IOException;
  }

  /**
   * Trains and scores.
   *
   * @param channels filters of the last convolution
   * @param repetition number of the repetition, from 0
   * @param weights where the weights of the best epoch are kept
   */
  Score run(int channels, int repetition, Path weights, Observer observer) throws IOException {
    long repetitionSeed = Seeds.generator(seed, repetition, "retraining").nextLong();
    CropSource training =
        TileBatches.training(
            tiles.train(), profile.tile(), profile.batch(), profile.steps(), repetitionSeed);
    CropSource validation = TileBatches.evaluation(tiles.validation(), UNet.SIZE_MULTIPLE);
    Files.createDirectories(weights.toAbsolutePath().getParent());
    try (TrainedUNet network = engine.open(Networks.unet(profile, channels), repetitionSeed)) {
      observer.observe(network, 0);
      double[] best = {Double.POSITIVE_INFINITY};
      network.train(
          training,
          validation,
          profile.schedule(),
          (epoch, loss) -> {
            observer.observe(network, epoch);
            if (loss < best[0]) {
              best[0] = loss;
              network.save(weights);
            }
          });
      network.restore(weights);
      return score(network);
    }
  }

  private Score score(TrainedUNet network) throws IOException {
    double loss = network.loss(TileBatches.evaluation(tiles.test(), UNet.SIZE_MULTIPLE));
    Confusion confusion = new Confusion();
    for (Tile tile : tiles.test()) {
      confusion.add(tile, Segmentation.of(network, tile, UNet.SIZE_MULTIPLE));
    }
    return Score.of(loss, confusion);
  }

  /** Segments tiles with weights that {@link #run} kept. */
  List<Segmentation> segment(int channels, Path weights, List<Tile> shown) throws IOException {
    try (TrainedUNet network = engine.open(Networks.unet(profile, channels), 0)) {
      network.restore(weights);
      return shown.stream()
          .map(tile -> Segmentation.of(network, tile, UNet.SIZE_MULTIPLE))
          .toList();
    }
  }

  /** Returns the building IoU of calling every pixel of the test tiles a building. */
  double everywhereIou() {
    long footprint = 0;
    long all = 0;
    for (Tile tile : tiles.test()) {
      for (int i = 0; i < tile.width() * tile.height(); i++) {
        footprint += tile.label(i % tile.width(), i / tile.width()) != Label.BACKGROUND ? 1 : 0;
      }
      all += (long) tile.width() * tile.height();
    }
    return (double) footprint / all;
  }
}
