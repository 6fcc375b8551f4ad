package org.hpo4j.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reports of one metric of one trial, ascending in the step, one a step. */
public final class ReportSeries {

  private static final int[] NO_STEPS = {};
  private static final double[] NO_VALUES = {};

  static final ReportSeries EMPTY = new ReportSeries();

  private int[] steps = NO_STEPS;
  private double[] values = NO_VALUES;
  private int size;

  ReportSeries() {}

  /** How many steps were reported. */
  public int size() {
    return size;
  }

  /** The step of the {@code index}-th report. */
  public int step(int index) {
    return steps[index];
  }

  /** The value of the {@code index}-th report. */
  public double value(int index) {
    return values[index];
  }

  /** The value at a step; NaN if that step was not reported. */
  public double valueAt(int step) {
    int index = Arrays.binarySearch(steps, 0, size, step);
    return index < 0 ? Double.NaN : values[index];
  }

  void put(int step, double value) {
    int index = Arrays.binarySearch(steps, 0, size, step);
    if (index < 0) {
      index = -index - 1;
      if (size == steps.length) {
        int capacity = Math.max(1, 2 * size);
        steps = Arrays.copyOf(steps, capacity);
        values = Arrays.copyOf(values, capacity);
      }
      System.arraycopy(steps, index, steps, index + 1, size - index);
      System.arraycopy(values, index, values, index + 1, size - index);
      steps[index] = step;
      size++;
    }
    values[index] = value;
  }

  List<Report> toList() {
    List<Report> reports = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      reports.add(new Report(steps[i], values[i]));
    }
    return reports;
  }
}
