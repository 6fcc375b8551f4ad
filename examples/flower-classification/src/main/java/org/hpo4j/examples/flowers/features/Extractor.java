package org.hpo4j.examples.flowers.features;

import java.util.List;

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

  @Override
  void close();
}
