package org.hpo4j.examples.unet;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hpo4j.examples.unet.engine.Schedule;
import org.hpo4j.examples.unet.model.UNet;

/**
 * Sizes of a study.
 *
 * @param tile height and width of generated tiles and of training crops in pixels, a multiple of 16
 * @param scale what the network's filter counts are divided by: a power of two from 1 to 32
 * @param batch crops in a batch
 * @param steps training steps in an epoch
 * @param epochs largest number of epochs
 * @param learningRate of the first step; it falls to zero along half a cosine
 * @param trials number of trials
 * @param trainTiles number of generated tiles to train on
 * @param heldTiles number of generated tiles each to validate and to test on
 */
record Profile(
    int tile,
    int scale,
    int batch,
    int steps,
    int epochs,
    double learningRate,
    int trials,
    int trainTiles,
    int heldTiles) {

  /** Momentum of batch normalization: the averages must settle within the first hundred steps. */
  static final double BATCH_NORM_MOMENTUM = 0.9;

  /**
   * Trainings of the baseline and of the best trial, each with first weights and batches of its
   * own.
   */
  static final int REPETITIONS = 5;

  enum Name {
    CPU,
    PAPER,
    SMOKE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns the sizes of a name.
   *
   * @param photographs whether the tiles are real ones, which take longer to learn
   */
  static Profile of(Name name, boolean photographs) {
    return switch (name) {
      // A minute or two of training on two cores, eight for photographs.
      case CPU ->
          photographs
              ? new Profile(64, 4, 8, 60, 10, 4e-3, 16, 160, 32)
              : new Profile(64, 4, 8, 25, 8, 4e-3, 16, 160, 32);
      // The article's numbers, for a GPU.
      case PAPER -> new Profile(256, 1, 30, 25, 10, 1e-3, 100, 210, 45);
      // Seconds, to see that everything works.
      case SMOKE -> new Profile(32, 16, 4, 3, 2, 4e-3, 4, 8, 3);
    };
  }

  Profile {
    if (tile < 32 || tile % 16 != 0) {
      throw new IllegalArgumentException(
          "tile is " + tile + ", must be a multiple of 16 and at least 32");
    }
    UNet.requireScale(scale);
    requirePositive("batch", batch);
    requirePositive("steps", steps);
    requirePositive("epochs", epochs);
    requirePositive("trials", trials);
    requirePositive("train tiles", trainTiles);
    requirePositive("held tiles", heldTiles);
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new IllegalArgumentException(
          "learning rate is " + learningRate + ", must be above 0 and at most 1");
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
    }
  }

  /** How each network is trained. */
  Schedule schedule() {
    return new Schedule(learningRate, epochs);
  }

  /**
   * What decides a trial's value; a folder's study can be continued only with the same. The number
   * of trials may grow.
   */
  Map<String, Object> identity() {
    return new TreeMap<>(
        Map.of(
            "tile", tile,
            "scale", scale,
            "batch", batch,
            "steps", steps,
            "epochs", epochs,
            "learning_rate", learningRate,
            "train_tiles", trainTiles,
            "held_tiles", heldTiles));
  }
}
