package org.hpo4j.sampler.gp;

import java.util.Arrays;

/** Points and what was measured there, in the order of the trials. */
final class Sample {

  private final Points points;
  private double[] values = new double[16];

  Sample(int axes) {
    this.points = new Points(axes);
  }

  /** Adds a point with its value, which is not NaN. */
  void add(double[] point, double value) {
    if (points.size() == values.length) {
      values = Arrays.copyOf(values, 2 * values.length);
    }
    values[points.size()] = value;
    points.add(point);
  }

  int size() {
    return points.size();
  }

  Points points() {
    return points;
  }

  /** The values; those from {@link #size} on mean nothing. */
  double[] values() {
    return values;
  }

  /** Some of the points, in the order of the indices. */
  Sample select(int[] indices) {
    Sample some = new Sample(points.axes());
    double[] point = new double[points.axes()];
    for (int index : indices) {
      points.get(index, point);
      some.add(point, values[index]);
    }
    return some;
  }
}
