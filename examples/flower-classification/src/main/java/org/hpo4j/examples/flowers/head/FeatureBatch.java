package org.hpo4j.examples.flowers.head;

/** Some examples, in a form that either engine takes. */
final class FeatureBatch {
  private final float[] features;
  private final int[] labels;

  /**
   * @param features row-major, {@code [labels.length, size]}
   */
  FeatureBatch(float[] features, int[] labels) {
    this.features = features;
    this.labels = labels;
  }

  float[] features() {
    return features;
  }

  int[] labels() {
    return labels;
  }

  int examples() {
    return labels.length;
  }

  /** Returns the number of features of an example. */
  int size() {
    return features.length / labels.length;
  }
}
