package org.hpo4j.djl.block;

import ai.djl.ndarray.types.Shape;

/** Checks of batches of images, {@code [batch, channels, height, width]}. */
final class Images {

  private Images() {}

  static Shape require(Shape shape) {
    if (shape.dimension() != 4) {
      throw new IllegalArgumentException(
          "shape of the input is " + shape + ", must be (batch, channels, height, width)");
    }
    return shape;
  }

  static String axis(int axis) {
    return axis == 2 ? "height" : "width";
  }

  static int requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
    }
    return value;
  }
}
