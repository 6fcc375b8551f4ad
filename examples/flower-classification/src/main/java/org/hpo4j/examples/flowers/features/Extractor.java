package org.hpo4j.examples.flowers.features;

import java.util.List;
import java.util.function.BiConsumer;

/** Turns normalized pixels into features; the same pixels always into the same. */
public interface Extractor extends AutoCloseable {

  /** Returns the number of features of an image. */
  int size();

  /**
   * Returns the features of some images.
   *
   * @param images each of shape {@code [3, crop, crop]}, row-major
   * @return a row of features for each image
   */
  List<float[]> extract(List<float[]> images);

  /** Hands on the network's frozen weights and biases by their names; none where it has none. */
  default void weights(BiConsumer<String, float[]> sink) {}

  @Override
  void close();
}
