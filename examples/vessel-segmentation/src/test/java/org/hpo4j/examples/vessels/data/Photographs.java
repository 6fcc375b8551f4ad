package org.hpo4j.examples.vessels.data;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Small photographs for tests. */
final class Photographs {
  private Photographs() {}

  /** A photograph that is of one grey, with vessels where asked. */
  static Photograph of(String name, String patient, int size, int grey, IntPredicate vessels) {
    byte[] rgb = new byte[3 * size * size];
    Arrays.fill(rgb, (byte) grey);
    return new Photograph(name, patient, size, size, rgb, marks(size, vessels));
  }

  /** A photograph that is lit where asked. */
  static Photograph lit(int width, int height, IntPredicate lit) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      Arrays.fill(rgb, 3 * i, 3 * i + 3, (byte) (lit.test(i) ? 120 : 5));
    }
    return new Photograph("lit", "1", width, height, rgb, new boolean[width * height]);
  }

  private static boolean[] marks(int size, IntPredicate vessels) {
    boolean[] marks = new boolean[size * size];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = vessels.test(i);
    }
    return marks;
  }
}
