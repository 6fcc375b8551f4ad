package org.hpo4j.examples.documents.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Generated scans of forms. Equal arguments give equal pictures and masks; no font of the machine
 * is used.
 */
public final class GeneratedScans {
  private static final int LEAST_SIZE = 32;

  private GeneratedScans() {}

  /**
   * Generates scans; no form is in two parts.
   *
   * @param size height and width in pixels, at least 32
   * @param classes how many of {@link FormClass} there are, from 1 to all 21
   * @param train how many to train on, at least 1
   * @param held how many each to validate and to test, at least 1
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static ScanSplit of(long seed, int size, int classes, int train, int held) {
    requireRange("size", size, LEAST_SIZE, Integer.MAX_VALUE);
    requireRange("classes", classes, 1, FormClass.values().length);
    requireRange("train", train, 1, Integer.MAX_VALUE);
    requireRange("held", held, 1, Integer.MAX_VALUE);
    return new ScanSplit(
        FormClass.labels(classes),
        scans(seed, size, classes, "train", train),
        scans(seed, size, classes, "validation", held),
        scans(seed, size, classes, "test", held));
  }

  private static void requireRange(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          high == Integer.MAX_VALUE
              ? "%s is %d, must be at least %d".formatted(name, value, low)
              : "%s is %d, must be from %d to %d".formatted(name, value, low, high));
    }
  }

  private static List<Scan> scans(long seed, int size, int classes, String part, int count) {
    // Each form has a generator of its own, so their order is free.
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(
            i ->
                Form.draw(
                    "generated " + part + " " + i,
                    size,
                    classes,
                    new Dice(Seeds.generator(seed, i, "form " + part))))
        .toList();
  }
}
