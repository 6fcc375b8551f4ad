package org.hpo4j.sampler.gp;

import java.util.Arrays;

/** Points of the kernel's space, by axis: the loops over points run over neighbours in memory. */
final class Points {

  private final int axes;
  private double[][] places;
  private int size;

  Points(int axes) {
    this.axes = axes;
    this.places = new double[axes][16];
  }

  int axes() {
    return axes;
  }

  int size() {
    return size;
  }

  /** All places on an axis; those from {@link #size} on mean nothing. */
  double[] axis(int axis) {
    return places[axis];
  }

  void add(double[] point) {
    if (size == capacity()) {
      for (int d = 0; d < axes; d++) {
        places[d] = Arrays.copyOf(places[d], size + (size >> 1) + 1);
      }
    }
    for (int d = 0; d < axes; d++) {
      places[d][size] = point[d];
    }
    size++;
  }

  private int capacity() {
    return axes == 0 ? Integer.MAX_VALUE : places[0].length;
  }

  void truncate(int count) {
    size = Math.min(size, count);
  }

  void get(int point, double[] out) {
    for (int d = 0; d < axes; d++) {
      out[d] = places[d][point];
    }
  }

  /** The last so many of the points; all if there are no more. */
  Points last(int most) {
    if (size <= most) {
      return this;
    }
    Points last = new Points(axes);
    double[] point = new double[axes];
    for (int i = size - most; i < size; i++) {
      get(i, point);
      last.add(point);
    }
    return last;
  }

  /** Whether a point of this one and one of another are the same. */
  boolean equal(int point, Points other, int otherPoint) {
    for (int d = 0; d < axes; d++) {
      if (places[d][point] != other.places[d][otherPoint]) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of the points has the same places on the first axes. */
  boolean contains(double[] point, int first) {
    for (int i = 0; i < size; i++) {
      boolean same = true;
      for (int d = 0; same && d < first; d++) {
        same = places[d][i] == point[d];
      }
      if (same) {
        return true;
      }
    }
    return false;
  }
}
