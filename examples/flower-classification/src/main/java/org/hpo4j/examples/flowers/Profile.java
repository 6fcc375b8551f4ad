package org.hpo4j.examples.flowers;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hpo4j.examples.flowers.features.Backbone;

/**
 * Sizes of a study.
 *
 * @param backbone the frozen network
 * @param crop height and width of a view in pixels
 * @param views augmented views of each picture to train on
 * @param perClass examples of each class in an epoch
 * @param epochs of a training
 * @param generated pictures of the largest class where they are generated
 */
record Profile(Backbone backbone, int crop, int views, int perClass, int epochs, int generated) {

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
      // Most of the time goes into features: 3,648 views of 224x224 of 960 photographs.
      case CPU -> new Profile(Backbone.SQUEEZENET, 224, 4, 240, 40, 120);
      // The article's numbers, for a GPU.
      case PAPER -> new Profile(Backbone.VGG16, 224, 10, 600, 40, 700);
      // Seconds, to see that everything works.
      case SMOKE -> new Profile(Backbone.SQUEEZENET, 48, 2, 20, 3, 10);
    };
  }

  Profile {
    backbone.requireCrop(crop);
    requirePositive("views", views);
    requirePositive("examples per class", perClass);
    requirePositive("epochs", epochs);
    if (generated < 5) {
      throw new IllegalArgumentException(
          "generated pictures per class are " + generated + ", must be at least 5");
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
    }
  }

  /** What decides a trial's value; a folder's study can be continued only with the same. */
  Map<String, Object> identity() {
    return new TreeMap<>(
        Map.of(
            "backbone", backbone.toString(),
            "crop", crop,
            "views", views,
            "per_class", perClass,
            "epochs", epochs));
  }
}
