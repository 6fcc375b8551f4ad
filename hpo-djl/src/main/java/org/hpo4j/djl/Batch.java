package org.hpo4j.djl;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some examples with their labels.
 *
 * @param features what the block reads, an array for each of its inputs; the first dimension is the
 *     examples
 * @param labels what it should answer, with what else the loss reads, such as a weight for each
 *     pixel; as many examples
 */
public record Batch(List<ArrayData> features, List<ArrayData> labels) {

  public Batch {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    if (features.isEmpty() || labels.isEmpty()) {
      throw new IllegalArgumentException(
          "batch has %d arrays of features and %d of labels, must have at least one of both"
              .formatted(features.size(), labels.size()));
    }
    int examples = features.get(0).examples();
    for (ArrayData array : Stream.concat(features.stream(), labels.stream()).toList()) {
      if (array.examples() != examples || examples < 1) {
        throw new IllegalArgumentException(
            "batch has %d examples in its first array and %d in another, must have as many in all, at least one"
                .formatted(examples, array.examples()));
      }
    }
  }

  /** Returns a batch for a block with one input and a loss that reads one array of labels. */
  public static Batch of(ArrayData features, ArrayData labels) {
    return new Batch(List.of(features), List.of(labels));
  }

  /** Returns the number of examples, at least 1. */
  public int examples() {
    return features.get(0).examples();
  }

  /** Returns the shape of each input, first the number of examples. */
  public Shape[] inputShapes() {
    return features.stream().map(ArrayData::shape).toArray(Shape[]::new);
  }
}
