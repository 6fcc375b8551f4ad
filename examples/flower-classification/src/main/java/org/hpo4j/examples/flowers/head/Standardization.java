package org.hpo4j.examples.flowers.head;

import java.util.List;

/**
 * Makes each feature's mean 0 and deviation 1, as measured on the pictures to train on, so that one
 * learning rate suits the features of any network.
 */
final class Standardization {
  private final float[] mean;
  private final float[] deviation;

  private Standardization(float[] mean, float[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * Measures rows of equal length.
   *
   * @param rows at least one; a feature that is the same in all is only shifted
   */
  static Standardization of(List<float[]> rows) {
    int size = rows.get(0).length;
    float[] mean = new float[size];
    float[] deviation = new float[size];
    for (int feature = 0; feature < size; feature++) {
      double sum = 0;
      for (float[] row : rows) {
        sum += row[feature];
      }
      double centre = sum / rows.size();
      double squares = 0;
      for (float[] row : rows) {
        squares += (row[feature] - centre) * (row[feature] - centre);
      }
      mean[feature] = (float) centre;
      float spread = (float) Math.sqrt(squares / rows.size());
      deviation[feature] = spread > 0 ? spread : 1;
    }
    return new Standardization(mean, deviation);
  }

  /** Writes a standardized row into an array. */
  void apply(float[] row, float[] to, int offset) {
    for (int i = 0; i < row.length; i++) {
      to[offset + i] = (row[i] - mean[i]) / deviation[i];
    }
  }
}
