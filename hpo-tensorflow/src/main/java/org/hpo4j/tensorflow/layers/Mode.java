package org.hpo4j.tensorflow.layers;

/** What a tower is for. */
public enum Mode {
  /**
   * Batch normalization uses the batch's own statistics and updates its moving averages; dropout
   * and random slopes draw.
   */
  TRAINING,
  /** Batch normalization uses its moving averages, random slopes are their means, nothing drops. */
  INFERENCE
}
