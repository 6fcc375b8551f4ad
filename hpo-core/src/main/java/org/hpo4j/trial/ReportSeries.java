package org.hpo4j.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reports of one metric of one trial, ascending in the step, one a step. */
public final class ReportSeries {

  static final ReportSeries EMPTY = new ReportSeries(0);

  private int[] steps;
  private double[] values;
  private int size;

  ReportSeries() {
    this(4);
  }

  private ReportSeries(int capacity) {
    steps = new int[capacity];
    values = new double[capacity];
  }

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
        steps = Arrays.copyOf(steps, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
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
