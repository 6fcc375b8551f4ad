package org.hpo4j.djl.vision;

import ai.djl.ndarray.types.Shape;

/** Which images a network takes that halves them some times and doubles them as often. */
record ImageSizes(int channels, int halvings) {

  int multiple() {
    return 1 << halvings;
  }

  void requireImages(Shape shape) {
    if (shape.dimension() != 4 || shape.get(1) != channels) {
      throw new IllegalArgumentException(
          "shape of the input is %s, must be (batch, %d, height, width)"
              .formatted(shape, channels));
    }
    requireSize(shape.get(2), shape.get(3));
  }

  void requireSize(long height, long width) {
    require("height", height);
    require("width", width);
  }

  private void require(String name, long value) {
    if (value < 1 || value % multiple() != 0) {
      throw new IllegalArgumentException(
          "%s is %d, must be a positive multiple of %d, since the network halves it %d times"
              .formatted(name, value, multiple(), halvings));
    }
  }
}
