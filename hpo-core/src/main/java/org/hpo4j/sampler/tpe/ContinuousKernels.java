package org.hpo4j.sampler.tpe;

import org.apache.commons.numbers.gamma.Erfc;
import org.hpo4j.math.TruncatedNormal;

/**
 * Normal kernels cut to [0, 1]. With the center m, the width s and the probability Z that the uncut
 * kernel gives to [0, 1], the density at x is exp(-(x - m)^2 / (2 s^2)) / (s sqrt(2 pi) Z).
 */
final class ContinuousKernels implements Kernels {

  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

  private final Column column;
  private final Bandwidth bandwidth;
  private int[] trials = new int[0];
  private int size;

  /** Of each loaded kernel: m, 1 / (s sqrt(2)), and -log(s sqrt(2 pi) Z). */
  private final double[] center = new double[BLOCK];

  private final double[] scale = new double[BLOCK];
  private final double[] logPeak = new double[BLOCK];

  ContinuousKernels(Column column, Bandwidth bandwidth) {
    this.column = column;
    this.bandwidth = bandwidth;
  }

  @Override
  public void fit(int[] observed, int count) {
    trials = observed;
    size = count;
    bandwidth.clear();
    int present = 0;
    for (int i = 0; i < count; i++) {
      double x = column.unit(observed[i]);
      if (!Double.isNaN(x)) {
        bandwidth.add(x);
        present++;
      }
    }
    bandwidth.finish(present);
  }

  @Override
  public double sample(int kernel, double p) {
    if (kernel == size || !column.has(trials[kernel])) {
      return column.domain().fromUnit(p);
    }
    double m = column.unit(trials[kernel]);
    double s = bandwidth.width(m);
    return column.domain().fromUnit(m + s * TruncatedNormal.quantile(p, -m / s, (1 - m) / s));
  }

  @Override
  public double place(double code) {
    return column.domain().toUnit(code);
  }

  @Override
  public void load(int from, int to) {
    int count = to - from;
    for (int i = 0; i < count; i++) {
      center[i] = column.unit(trials[from + i]);
    }
    double width = Double.NaN;
    double inverse = Double.NaN;
    double logWidth = Double.NaN;
    for (int i = 0; i < count; i++) {
      double m = center[i];
      if (Double.isNaN(m)) {
        center[i] = 0;
        scale[i] = 0;
        logPeak[i] = 0;
        continue;
      }
      double s = bandwidth.width(m);
      // Most kernels of a long history share one width.
      if (s != width) {
        width = s;
        inverse = 1 / s;
        logWidth = Math.log(s) + LOG_SQRT_2_PI;
      }
      scale[i] = inverse * SQRT_HALF;
      logPeak[i] = -logWidth - logInside(m * inverse, (1 - m) * inverse);
    }
  }

  /** log(Z), the probability of [-below, above]; Z is at least 0.34 since s is at most 1. */
  private static double logInside(double below, double above) {
    if (below <= LogCdfTable.LAST) {
      return above <= LogCdfTable.LAST
          ? Math.log1p(-0.5 * (Erfc.value(below * SQRT_HALF) + Erfc.value(above * SQRT_HALF)))
          : LogCdfTable.at(below);
    }
    return above <= LogCdfTable.LAST ? LogCdfTable.at(above) : 0;
  }

  @Override
  public void addLogDensity(double place, int count, double[] sums) {
    addLogDensity(place, center, scale, logPeak, count, sums);
  }

  /** Over local arrays and without branches, so that the loop compiles to vector instructions. */
  private static void addLogDensity(
      double x, double[] center, double[] scale, double[] logPeak, int count, double[] sums) {
    for (int i = 0; i < count; i++) {
      double z = (x - center[i]) * scale[i];
      sums[i] += logPeak[i] - z * z;
    }
  }
}
