package org.hpo4j.examples.flowers.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.KeyedRandom;

/**
 * What each epoch trains on: all classes equally often, each picture in its augmented views.
 *
 * <p>Of a class with fewer pictures than wanted each is repeated, in views that differ within an
 * epoch as long as there are enough; of one with more, each epoch takes the next ones. Nothing here
 * keeps a state: epoch and place decide, so that a training can be resumed.
 */
public final class TrainingOrder {
  private final List<List<Integer>> byClass;
  private final int perClass;
  private final int views;
  private final long seed;

  /**
   * One example.
   *
   * @param picture position in the pictures to train on
   * @param view number of the view, from 1
   */
  public record Example(int picture, int view) {}

  /**
   * Plans epochs.
   *
   * @param pictures the training part, at least one of each class
   * @param classes number of classes
   * @param perClass examples of each class in an epoch, at least 1
   * @param views augmented views of each picture, at least 1
   * @param seed decides on the order
   */
  public TrainingOrder(List<Picture> pictures, int classes, int perClass, int views, long seed) {
    if (perClass < 1 || views < 1) {
      throw new IllegalArgumentException(
          "examples per class are %d and views %d, both must be at least 1"
              .formatted(perClass, views));
    }
    this.perClass = perClass;
    this.views = views;
    this.seed = seed;
    byClass = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      byClass.add(new ArrayList<>());
    }
    for (int i = 0; i < pictures.size(); i++) {
      byClass.get(pictures.get(i).label()).add(i);
    }
  }

  /** Returns the number of examples of an epoch. */
  public int size() {
    return perClass * byClass.size();
  }

  /** Returns the examples of an epoch, shuffled. */
  public List<Example> epoch(int epoch) {
    List<Example> examples = new ArrayList<>(size());
    for (List<Integer> members : byClass) {
      long first = (long) epoch * perClass;
      for (int i = 0; i < perClass; i++) {
        // The class's pictures in a circle, epoch after epoch; each time round the next view.
        int picture = (int) ((first + i) % members.size());
        long round = (first + i) / members.size();
        examples.add(new Example(members.get(picture), 1 + (int) (round % views)));
      }
    }
    UniformRandomProvider random = KeyedRandom.of(seed, epoch, "order");
    for (int i = examples.size() - 1; i > 0; i--) {
      Collections.swap(examples, i, random.nextInt(i + 1));
    }
    return examples;
  }
}
