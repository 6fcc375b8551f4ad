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

  final Domain<?> domain;

  /** How many different values the kernels have, and the code of each. */
  int values;

  double[] codes = new double[0];

  /** How many observations are not missing. */
  int present;

  private int size;

  /** The value of each kernel, an index of codes; {@code values} where it is missing. */
  private int[] valueOf = new int[0];

  private int[] valueById = new int[0];

  /** Tables by the code at which the density was asked for. */
  private final Map<Double, double[]> tables = new HashMap<>();

  DiscreteKernels(Domain<?> domain) {
    this.domain = domain;
  }

  @Override
  public final void fit(Column column, int[] trials, int count) {
    size = count;
    present = 0;
    values = 0;
    tables.clear();
    if (valueOf.length < count) {
      valueOf = new int[count + (count >> 1)];
    }
    if (valueById.length < column.distinct()) {
      valueById = new int[2 * column.distinct()];
      codes = new double[2 * column.distinct()];
    }
    Arrays.fill(valueById, 0, column.distinct(), -1);
    for (int i = 0; i < count; i++) {
      int id = column.id(trials[i]);
      if (id < 0) {
        valueOf[i] = -1;
        continue;
      }
      present++;
      if (valueById[id] < 0) {
        codes[values] = column.code(trials[i]);
        valueById[id] = values++;
      }
      valueOf[i] = valueById[id];
    }
    for (int i = 0; i < count; i++) {
      if (valueOf[i] < 0) {
        valueOf[i] = values;
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
    return kernel == size || valueOf[kernel] == values
        ? domain.fromUnit(p)
        : sampleValue(valueOf[kernel], p);
  }

  @Override
  public final void addLogDensity(double code, int from, int to, double[] sums) {
    double[] table = tables.computeIfAbsent(code, this::table);
    for (int i = from; i < to; i++) {
      sums[i - from] += table[valueOf[i]];
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
