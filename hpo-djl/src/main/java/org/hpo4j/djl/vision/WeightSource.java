package org.hpo4j.djl.vision;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;

/** Where weights come from: a file of another program, for example. */
@FunctionalInterface
public interface WeightSource {

  /**
   * Returns the values of a parameter in row-major order, laid out as by Keras and TensorFlow:
   * {@code [height, width, inputs, outputs]} or {@code [inputs, outputs]}.
   *
   * @param name of the parameter, such as {@code block1_conv1/kernel}
   * @param shape that it must have, in that layout
   * @throws IllegalArgumentException if there is no such parameter, or one of another shape
   * @throws IOException if it can't be read
   */
  float[] values(String name, Shape shape) throws IOException;
}
