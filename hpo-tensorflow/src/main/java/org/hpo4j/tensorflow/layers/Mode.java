package org.hpo4j.tensorflow.layers;

/** What a tower is for. */
public enum Mode {
  /** Batch normalization uses the batch's own statistics and updates its moving averages. */
  TRAINING,
  /** Batch normalization uses its moving averages. */
  INFERENCE
}
