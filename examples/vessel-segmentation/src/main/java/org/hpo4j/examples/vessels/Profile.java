package org.hpo4j.examples.vessels;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes of a study.
 *
 * @param reduction what height and width of real photographs are divided by
 * @param patients number of patients of generated photographs, two eyes each
 * @param size height and width of generated photographs in pixels
 * @param startFilters filters of the first level
 * @param depth how often the plain encoder halves the picture, from 1 to 4
 * @param residual whether the encoder may be ResNet-34
 * @param batch patches in a batch
 * @param steps training steps in an epoch
 * @param epochs number of epochs
 * @param validationPatches largest number of patches to validate on
 * @param stride pixels from one patch to the next in a test
 * @param trials number of trials
 * @param repetitions trainings of the baseline and of the best trial from fresh seeds
 */
record Profile(
    int reduction,
    int patients,
    int size,
    int startFilters,
    int depth,
    boolean residual,
    int batch,
    int steps,
    int epochs,
    int validationPatches,
    int stride,
    int trials,
    int repetitions) {

  /** The article's learning rate. */
  static final double LEARNING_RATE = 0.01;

  /** The article's decay by step, as Keras' optimizers have it. */
  static final double DECAY = 2e-5;

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
      // Within ten minutes on two cores.
      case CPU -> new Profile(2, 10, 240, 8, 2, false, 16, 40, 6, 96, 24, 16, 3);
      // The article's patches, for a GPU.
      case PAPER -> new Profile(1, 14, 960, 32, 3, true, 32, 1000, 50, 2000, 12, 60, 5);
      // Seconds, to see that everything works.
      case SMOKE -> new Profile(8, 3, 96, 2, 1, false, 2, 2, 2, 4, 48, 3, 2);
    };
  }

  Profile {
    requireWithin("reduction", reduction, 1, 16);
    requireWithin("patients", patients, 3, 1000);
    requireWithin("size", size, 64, 4096);
    requireWithin("start filters", startFilters, 1, 512);
    requireWithin("depth", depth, 1, 4);
    requireWithin("batch", batch, 1, 10_000);
    requireWithin("steps", steps, 1, 1_000_000);
    requireWithin("epochs", epochs, 1, 100_000);
    requireWithin("validation patches", validationPatches, 1, 1_000_000);
    requireWithin("stride", stride, 1, 48);
    requireWithin("trials", trials, 1, 1_000_000);
    requireWithin("repetitions", repetitions, 1, 1000);
  }

  private static void requireWithin(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s is %d, must be from %d to %d".formatted(name, value, low, high));
    }
  }

  /** Levels of the plain encoder, the lowest included. */
  int levels() {
    return depth + 1;
  }

  /**
   * What decides a trial's value; a folder's study can be continued only with the same. The number
   * of trials may grow.
   */
  Map<String, Object> identity() {
    Map<String, Object> identity = new TreeMap<>();
    identity.put("reduction", reduction);
    identity.put("patients", patients);
    identity.put("size", size);
    identity.put("start_filters", startFilters);
    identity.put("depth", depth);
    identity.put("residual", residual);
    identity.put("batch", batch);
    identity.put("steps", steps);
    identity.put("epochs", epochs);
    identity.put("validation_patches", validationPatches);
    identity.put("stride", stride);
    identity.put("learning_rate", LEARNING_RATE);
    identity.put("decay", DECAY);
    return identity;
  }
}
