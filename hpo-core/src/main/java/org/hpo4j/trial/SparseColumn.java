package org.hpo4j.trial;

import java.util.Arrays;

/** A number a trial, NaN where there is none; no longer than the last trial that has one. */
final class SparseColumn {

  private double[] values = new double[0];
  private int firstTrial = Integer.MAX_VALUE;

  /** The length that an array grows to from this one. */
  static int grown(int length) {
    return Math.max(16, length + (length >> 3));
  }

  double get(int number) {
    return number < values.length ? values[number] : Double.NaN;
  }

  void set(int number, double value) {
    if (number >= values.length) {
      int length = values.length;
      values = Arrays.copyOf(values, Math.max(number + 1, grown(length)));
      Arrays.fill(values, length, values.length, Double.NaN);
    }
    values[number] = value;
    firstTrial = Math.min(firstTrial, number);
  }

  /** The lowest number of a trial that has a value; the largest integer if none has. */
  int firstTrial() {
    return firstTrial;
  }
}
