package org.hpo4j.examples.unet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Seeds;
import org.hpo4j.examples.unet.data.Tile;
import org.hpo4j.examples.unet.data.TileBatches;
import org.hpo4j.examples.unet.data.TileSplit;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.examples.unet.report.Confusion;
import org.hpo4j.examples.unet.report.Score;
import org.hpo4j.examples.unet.report.Segmentation;
import org.hpo4j.tensorflow.BatchSource;
import org.hpo4j.tensorflow.DeviceOptions;
import org.hpo4j.tensorflow.Epoch;
import org.hpo4j.tensorflow.LearningRate;
import org.hpo4j.tensorflow.NetworkSession;
import org.hpo4j.tensorflow.Training;
import org.tensorflow.types.TInt32;

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
record Retraining(Profile profile, TileSplit tiles, DeviceOptions device, long seed) {

  /**
   * Trains and scores.
   *
   * @param channels filters of the last convolution
   * @param repetition number of the repetition, from 0
   * @param weights where the weights of the best epoch are kept
   */
  Score run(int channels, int repetition, Path weights) throws IOException {
    long repetitionSeed = Seeds.generator(seed, repetition, "retraining").nextLong();
    BatchSource<TInt32> training =
        TileBatches.training(
            tiles.train(), profile.tile(), profile.batch(), profile.steps(), repetitionSeed);
    BatchSource<TInt32> validation = TileBatches.evaluation(tiles.validation(), UNet.SIZE_MULTIPLE);
    try (NetworkSession<TInt32> session = open(channels, training, repetitionSeed)) {
      Files.createDirectories(weights.toAbsolutePath().getParent());
      new Training<>(
              training,
              validation,
              LearningRate.cosine(profile.learningRate()),
              profile.epochs(),
              2)
          .run(session, new KeepBest(session, weights));
      session.restore(weights);
      return score(session);
    }
  }

  private static final class KeepBest implements Training.Listener {
    private final NetworkSession<TInt32> session;
    private final Path weights;
    private double best = Double.POSITIVE_INFINITY;

    KeepBest(NetworkSession<TInt32> session, Path weights) {
      this.session = session;
      this.weights = weights;
    }

    @Override
    public boolean goOnAfter(Epoch epoch) {
      if (epoch.validation().loss() < best) {
        best = epoch.validation().loss();
        session.save(weights);
      }
      return true;
    }
  }

  private Score score(NetworkSession<TInt32> session) throws IOException {
    double loss = session.evaluate(TileBatches.evaluation(tiles.test(), UNet.SIZE_MULTIPLE)).loss();
    Confusion confusion = new Confusion();
    for (Tile tile : tiles.test()) {
      confusion.add(tile, Segmentation.of(session, tile, UNet.SIZE_MULTIPLE));
    }
    return Score.of(loss, confusion);
  }

  /** Segments tiles with weights that {@link #run} kept. */
  List<Segmentation> segment(int channels, Path weights, List<Tile> shown) throws IOException {
    BatchSource<TInt32> example = TileBatches.evaluation(shown, UNet.SIZE_MULTIPLE);
    try (NetworkSession<TInt32> session = open(channels, example, 0)) {
      session.restore(weights);
      return shown.stream()
          .map(tile -> Segmentation.of(session, tile, UNet.SIZE_MULTIPLE))
          .toList();
    }
  }

  private NetworkSession<TInt32> open(int channels, BatchSource<TInt32> source, long weightSeed)
      throws IOException {
    return NetworkSession.open(
        Networks.network(profile, channels),
        source.load(0, 0),
        name -> Seeds.generator(weightSeed, 0, name),
        device);
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
