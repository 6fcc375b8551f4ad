package org.hpo4j.examples.flowers.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.KeyedRandom;

/**
 * Pictures to train on, to choose by and to report on.
 *
 * @param train at least one of each class, as are the others
 */
public record PictureSplit(List<Picture> train, List<Picture> validation, List<Picture> test) {

  public PictureSplit {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Splits each class 70/15/15, at least one picture to each part. Whole pictures go to one part,
   * before anything is repeated or augmented: no part knows a view of another's picture.
   *
   * @param seed decides, with the names, which picture goes where
   * @throws IllegalArgumentException if a class has fewer than {@value PictureSet#FEWEST} pictures
   */
  public static PictureSplit of(PictureSet set, long seed) {
    List<Picture> train = new ArrayList<>();
    List<Picture> validation = new ArrayList<>();
    List<Picture> test = new ArrayList<>();
    for (int label = 0; label < set.classes().size(); label++) {
      List<Picture> shuffled = shuffled(set, label, seed);
      if (shuffled.size() < PictureSet.FEWEST) {
        throw new IllegalArgumentException(
            "class '%s' has %d pictures, needs at least %d to train, validate and test"
                .formatted(set.classes().get(label), shuffled.size(), PictureSet.FEWEST));
      }
      int held = Math.max(1, (int) Math.round(0.15 * shuffled.size()));
      int trained = shuffled.size() - 2 * held;
      train.addAll(shuffled.subList(0, trained));
      validation.addAll(shuffled.subList(trained, trained + held));
      test.addAll(shuffled.subList(trained + held, shuffled.size()));
    }
    return new PictureSplit(train, validation, test);
  }

  private static List<Picture> shuffled(PictureSet set, int label, long seed) {
    List<Picture> pictures =
        new ArrayList<>(set.pictures().stream().filter(p -> p.label() == label).toList());
    pictures.sort(Comparator.comparing(Picture::name));
    UniformRandomProvider random = KeyedRandom.of(seed, label, "split");
    for (int i = pictures.size() - 1; i > 0; i--) {
      Collections.swap(pictures, i, random.nextInt(i + 1));
    }
    return pictures;
  }
}
