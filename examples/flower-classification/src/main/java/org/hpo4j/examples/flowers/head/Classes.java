package org.hpo4j.examples.flowers.head;

import java.util.ArrayList;
import java.util.List;

/** What the outputs of a classifier say. */
final class Classes {
  private Classes() {}

  /**
   * Returns the class of the largest output of each example, of equal ones the first.
   *
   * @param outputs row-major, {@code [examples, classes]}
   */
  static List<Integer> mostProbable(float[] outputs, int classes) {
    List<Integer> labels = new ArrayList<>();
    for (int row = 0; row < outputs.length; row += classes) {
      int best = 0;
      for (int i = 1; i < classes; i++) {
        best = outputs[row + i] > outputs[row + best] ? i : best;
      }
      labels.add(best);
    }
    return labels;
  }
}
