package org.hpo4j.djl.loss;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** Class numbers as a channel for each class. */
public final class OneHot {

  private OneHot() {}

  /**
   * Returns booleans {@code [batch, classes, ...]}: true in the channel of each number.
   *
   * @param numbers {@code [batch, ...]}, of any type; one outside {@code [0, classes)} is in no
   *     channel
   * @param classes number of channels, at least 1
   */
  public static NDArray of(NDArray numbers, int classes) {
    long[] shape = new long[numbers.getShape().dimension() + 1];
    Arrays.fill(shape, 1);
    shape[1] = classes;
    NDArray channels =
        numbers.getManager().arange(classes).toType(numbers.getDataType(), false).reshape(shape);
    return numbers.expandDims(1).eq(channels);
  }
}
