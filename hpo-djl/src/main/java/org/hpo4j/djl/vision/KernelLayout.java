package org.hpo4j.djl.vision;

import ai.djl.ndarray.types.Shape;

/**
 * Two ways to lay out a kernel: {@code [outputs, inputs, height, width]} or {@code [outputs,
 * inputs]} here, the axes' order reversed but for height before width, {@code [height, width,
 * inputs, outputs]} or {@code [inputs, outputs]}, in Keras and TensorFlow.
 */
public final class KernelLayout {

  private KernelLayout() {}

  /** Returns the shape there of an array of this shape here; biases and the like keep theirs. */
  public static Shape foreign(Shape shape) {
    return switch (shape.dimension()) {
      case 2 -> new Shape(shape.get(1), shape.get(0));
      case 4 -> new Shape(shape.get(2), shape.get(3), shape.get(1), shape.get(0));
      default -> shape;
    };
  }

  /**
   * Returns values from there as they are laid out here.
   *
   * @param values row-major
   * @param shape of the values, there
   */
  public static float[] fromForeign(float[] values, Shape shape) {
    if (shape.dimension() != 2 && shape.dimension() != 4) {
      return values.clone();
    }
    int axes = shape.dimension();
    int outputs = Math.toIntExact(shape.get(axes - 1));
    int inputs = Math.toIntExact(shape.get(axes - 2));
    int places = values.length / Math.max(1, outputs * inputs);
    float[] turned = new float[values.length];
    int from = 0;
    for (int place = 0; place < places; place++) {
      for (int in = 0; in < inputs; in++) {
        for (int out = 0; out < outputs; out++) {
          turned[(out * inputs + in) * places + place] = values[from++];
        }
      }
    }
    return turned;
  }
}
