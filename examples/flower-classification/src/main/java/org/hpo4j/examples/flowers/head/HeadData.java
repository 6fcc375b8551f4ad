package org.hpo4j.examples.flowers.head;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.examples.flowers.data.PictureSplit;
import org.hpo4j.examples.flowers.data.TrainingOrder;
import org.hpo4j.examples.flowers.data.TrainingOrder.Example;
import org.hpo4j.examples.flowers.data.Views;
import org.hpo4j.examples.flowers.features.Features;

/** The features of a split, standardized, in batches. */
public final class HeadData {
  /** Evaluation knows no steps; this only bounds the memory of one. */
  private static final int EVALUATION_BATCH = 256;

  private final PictureSplit split;
  private final int classes;
  private final int perClass;
  private final int views;
  private final Features features;
  private final Standardization standardization;

  /**
   * Takes the features of a split.
   *
   * @param classes number of classes
   * @param perClass examples of each class in an epoch
   * @param views augmented views of each picture to train on
   */
  public HeadData(PictureSplit split, int classes, int perClass, int views, Features features)
      throws IOException {
    this.split = split;
    this.classes = classes;
    this.perClass = perClass;
    this.views = views;
    this.features = features;
    List<float[]> plain = new ArrayList<>();
    for (Picture picture : split.train()) {
      plain.add(features.of(picture, Views.PLAIN));
    }
    standardization = Standardization.of(plain);
  }

  /** Returns the number of classes. */
  public int classes() {
    return classes;
  }

  /** Returns the number of features. */
  public int size() {
    return features.size();
  }

  /** Returns the split. */
  public PictureSplit split() {
    return split;
  }

  /**
   * Returns batches of the oversampled, augmented training part.
   *
   * @param batch examples in a batch, at least 1
   * @param seed decides on the order
   */
  FeatureBatches training(int batch, long seed) {
    TrainingOrder order = new TrainingOrder(split.train(), classes, perClass, views, seed);
    return new FeatureBatches() {
      @Override
      public int batches() {
        return ceilDivide(order.size(), batch);
      }

      @Override
      public FeatureBatch load(int epoch, int number) throws IOException {
        List<Example> epochs = order.epoch(epoch);
        int first = number * batch;
        return rows(epochs.subList(first, Math.min(first + batch, epochs.size())), split.train());
      }
    };
  }

  /** Returns the plain views of a part's pictures, in order. */
  FeatureBatches evaluation(List<Picture> part) {
    return new FeatureBatches() {
      @Override
      public int batches() {
        return ceilDivide(part.size(), EVALUATION_BATCH);
      }

      @Override
      public FeatureBatch load(int epoch, int number) throws IOException {
        List<Example> examples = new ArrayList<>();
        int first = number * EVALUATION_BATCH;
        for (int i = first; i < Math.min(first + EVALUATION_BATCH, part.size()); i++) {
          examples.add(new Example(i, Views.PLAIN));
        }
        return rows(examples, part);
      }
    };
  }

  private FeatureBatch rows(List<Example> examples, List<Picture> part) throws IOException {
    float[] rows = new float[examples.size() * size()];
    int[] labels = new int[examples.size()];
    for (int i = 0; i < labels.length; i++) {
      Picture picture = part.get(examples.get(i).picture());
      standardization.apply(features.of(picture, examples.get(i).view()), rows, i * size());
      labels[i] = picture.label();
    }
    return new FeatureBatch(rows, labels);
  }

  private static int ceilDivide(int a, int b) {
    return (a + b - 1) / b;
  }
}
