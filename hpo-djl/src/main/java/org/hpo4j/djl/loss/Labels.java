package org.hpo4j.djl.loss;

import ai.djl.ndarray.types.Shape;

/** Checks of what a loss is given. */
final class Labels {

  private Labels() {}

  static void requireClasses(Shape logits, int classes) {
    if (logits.dimension() < 2 || logits.get(1) != classes) {
      throw new IllegalArgumentException(
          "shape of the logits is %s, must be (batch, %d, ...)".formatted(logits, classes));
    }
  }

  static void requireShape(Shape labels, Shape expected) {
    if (!labels.equals(expected)) {
      throw new IllegalArgumentException(
          "shape of the labels is %s, must be %s".formatted(labels, expected));
    }
  }

  static int atLeast(int smallest, int classes) {
    if (classes < smallest) {
      throw new IllegalArgumentException(
          "classes is " + classes + ", must be at least " + smallest);
    }
    return classes;
  }
}
