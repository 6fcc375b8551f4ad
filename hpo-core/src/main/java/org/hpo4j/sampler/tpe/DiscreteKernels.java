package org.hpo4j.sampler.tpe;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hpo4j.space.Domain;

/**
 * The kernels of a dimension with separate values. Observations of equal value have equal kernels,
 * so everything is computed once a value: a kernel costs one look-up in a table.
 */
abstract sealed class DiscreteKernels implements Kernels permits CellKernels, NominalKernels {

  private final Column column;
  final Domain<?> domain;
  private int[] trials = new int[0];
  private int size;

  /** How many different values the kernels have, and the code of each. */
  int values;

  double[] codes = new double[0];

  /** How many observations have each of the values. */
  int[] counts = new int[0];

  /** How many observations are not missing. */
  int present;

  /** The index in codes of each of the column's values; -1 for those without a kernel. */
  private int[] valueById = new int[0];

  /** The densities of all values, by the code at which they were asked for. */
  private final Map<Double, double[]> tables = new HashMap<>();

  DiscreteKernels(Column column) {
    this.column = column;
    this.domain = column.domain();
  }

  @Override
  public final void fit(int[] observed, int count, int same, int sameAtEnd) {
    trials = observed;
    size = count;
    present = 0;
    values = 0;
    tables.clear();
    if (valueById.length < column.distinct()) {
      valueById = new int[2 * column.distinct()];
      codes = new double[2 * column.distinct()];
      counts = new int[2 * column.distinct()];
    }
    Arrays.fill(valueById, 0, column.distinct(), -1);
    for (int i = 0; i < count; i++) {
      int id = column.id(observed[i]);
      if (id >= 0) {
        present++;
        if (valueById[id] < 0) {
          codes[values] = column.codeOf(id);
          counts[values] = 0;
          valueById[id] = values++;
        }
        counts[valueById[id]]++;
      }
    }
    fitValues();
  }

  /** Fits one kernel a value. */
  abstract void fitValues();

  /** A draw from the kernel of a value. */
  abstract double sampleValue(int value, double p);

  /** The logarithm of the relative density of a value's kernel at a code. */
  abstract double logDensity(int value, double code);

  @Override
  public final double sample(int kernel, double p) {
    return kernel == size || !column.has(trials[kernel])
        ? domain.fromUnit(p)
        : sampleValue(valueById[column.id(trials[kernel])], p);
  }

  @Override
  public final double place(double code) {
    return code;
  }

  @Override
  public final void addLogDensity(double place, int from, int to, double[] sums, int origin) {
    double[] table = tables.computeIfAbsent(place, this::table);
    for (int i = from; i < to; i++) {
      int id = column.id(trials[i]);
      sums[i - origin] += table[id < 0 ? values : valueById[id]];
    }
  }

  private double[] table(double code) {
    // The last entry stays 0: a missing observation has the prior as its kernel.
    double[] table = new double[values + 1];
    for (int value = 0; value < values; value++) {
      table[value] = logDensity(value, code);
    }
    return table;
  }
}
