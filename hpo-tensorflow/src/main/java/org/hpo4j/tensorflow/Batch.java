package org.hpo4j.tensorflow;

import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * Some examples with their labels.
 *
 * @param features what the network reads, first dimension the examples
 * @param labels what it should answer, as many examples
 * @param <L> type of the labels
 */
public record Batch<L extends TType>(TensorData<TFloat32> features, TensorData<L> labels) {

  public Batch {
    if (features.examples() != labels.examples() || features.examples() < 1) {
      throw new IllegalArgumentException(
          "batch has %d features and %d labels, must have as many of both, at least one"
              .formatted(features.examples(), labels.examples()));
    }
  }

  /** Returns the number of examples, at least 1. */
  public int examples() {
    return features.examples();
  }
}
