package org.hpo4j.examples.vessels.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Photographs of retinas that never were: trees of branching, tapering vessels on an unevenly lit
 * disc, with much that is as dark as a vessel and is none.
 */
public final class GeneratedRetinas {
  private GeneratedRetinas() {}

  /**
   * Returns the left and the right eye of some patients.
   *
   * @param seed decides everything
   * @param patients at least 1
   * @param size height and width in pixels, at least 64
   */
  public static List<Photograph> of(long seed, int patients, int size) {
    if (patients < 1 || size < 64) {
      throw new IllegalArgumentException(
          "got %d patients and pictures of %d pixels, needs at least 1 and 64"
              .formatted(patients, size));
    }
    List<Photograph> photographs = new ArrayList<>();
    for (int patient = 0; patient < patients; patient++) {
      for (boolean left : new boolean[] {true, false}) {
        String number = String.format(Locale.ROOT, "%02d", patient + 1);
        // Both eyes have the pigment of their patient.
        RandomGenerator pigment = Seeds.generator(seed, patient, "pigment");
        RandomGenerator eye = Seeds.generator(seed, patient, left ? "left" : "right");
        Fundus fundus = new Fundus(size, left, pigment, eye);
        photographs.add(fundus.photograph("Generated_" + number + (left ? "L" : "R"), number));
      }
    }
    return photographs;
  }
}
