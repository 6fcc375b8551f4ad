package org.hpo4j.examples.documents;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes of a study.
 *
 * @param classes how many classes generated forms have, from 1 to 21
 * @param size height and width of generated scans in pixels, a multiple of 2 to the power of the
 *     largest depth
 * @param tile height and width of training crops in pixels, such a multiple too
 * @param batch crops in a batch
 * @param steps training steps in an epoch
 * @param epochs largest number of epochs of a trial
 * @param factor one of so many trials of a rung of Hyperband goes on
 * @param learningRate Adam's, constant: a promoted trial must not depend on where it will end
 * @param space ranges of the hyperparameters
 * @param trainScans number of generated scans to train on
 * @param heldScans number of generated scans each to validate and to test on
 * @param repetitions how often each tuner runs, from seeds of its own
 */
record Profile(
    int classes,
    int size,
    int tile,
    int batch,
    int steps,
    int epochs,
    int factor,
    double learningRate,
    NetworkSpace space,
    int trainScans,
    int heldScans,
    int repetitions) {

  enum Name {
    CPU,
    PAPER,
    SMOKE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Profile of(Name name) {
    return switch (name) {
      // Three tuners, four times each, within ten minutes on two cores.
      case CPU ->
          new Profile(5, 48, 32, 8, 5, 20, 3, 5e-3, new NetworkSpace(4, 16, 4, 2, 4), 160, 16, 4);
      // The article's ranges and schedule, for a GPU.
      case PAPER ->
          new Profile(
              21, 256, 256, 8, 100, 20, 3, 1e-3, new NetworkSpace(16, 128, 16, 2, 6), 1000, 150, 5);
      // Seconds, to see that everything works.
      case SMOKE ->
          new Profile(5, 32, 32, 4, 2, 3, 3, 4e-3, new NetworkSpace(4, 8, 4, 2, 3), 8, 3, 2);
    };
  }

  Profile {
    int multiple = space.sizeMultiple();
    requireMultiple("size", size, multiple);
    requireMultiple("tile", tile, multiple);
    requirePositive("batch", batch);
    requirePositive("steps", steps);
    requirePositive("epochs", epochs);
    requirePositive("train scans", trainScans);
    requirePositive("held scans", heldScans);
    requirePositive("repetitions", repetitions);
    if (factor < 2) {
      throw new IllegalArgumentException("factor is " + factor + ", must be at least 2");
    }
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

  private static void requireMultiple(String name, int value, int multiple) {
    if (value < 32 || value % multiple != 0) {
      throw new IllegalArgumentException(
          "%s is %d, must be a multiple of %d and at least 32".formatted(name, value, multiple));
    }
  }

  /**
   * What decides a trial's value; a folder's study can be continued only with the same. The number
   * of repetitions may grow.
   */
  Map<String, Object> identity() {
    Map<String, Object> identity = new TreeMap<>();
    identity.put("classes", classes);
    identity.put("size", size);
    identity.put("tile", tile);
    identity.put("batch", batch);
    identity.put("steps", steps);
    identity.put("epochs", epochs);
    identity.put("factor", factor);
    identity.put("learning_rate", learningRate);
    identity.put("space", space.toString());
    identity.put("train_scans", trainScans);
    identity.put("held_scans", heldScans);
    return identity;
  }
}
