package org.hpo4j.sampler.tpe;

import org.apache.commons.numbers.gamma.Erfc;
import org.hpo4j.math.TruncatedNormal;
import org.hpo4j.space.Domain;

/**
 * Normal kernels cut to [0, 1]. With the center m, the width s and the probability Z that the uncut
 * kernel gives to [0, 1], the density at x is exp(-(x - m)^2 / (2 s^2)) / (s sqrt(2 pi) Z).
 */
final class ContinuousKernels implements Kernels {

  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);

  /** Beyond 8.3 standard deviations the normal law has less than 2^-53 of its probability. */
  private static final double WHOLE = 8.3;

  private final Domain<?> domain;
  private final Bandwidth bandwidth;
  private int size;
  private double[] center = new double[0];
  private double[] width = new double[0];

  /** 1 / (s sqrt(2)), and -log(s sqrt(2 pi) Z); both 0 where the observation is missing. */
  private double[] scale = new double[0];

  private double[] logPeak = new double[0];

  ContinuousKernels(Domain<?> domain, Bandwidth bandwidth) {
    this.domain = domain;
    this.bandwidth = bandwidth;
  }

  @Override
  public void fit(Column column, int[] trials, int count) {
    size = count;
    if (center.length < count) {
      int length = count + (count >> 1);
      center = new double[length];
      width = new double[length];
      scale = new double[length];
      logPeak = new double[length];
    }
    int present = 0;
    for (int i = 0; i < count; i++) {
      center[i] = column.unit(trials[i]);
      present += Double.isNaN(center[i]) ? 0 : 1;
    }
    bandwidth.fit(center, count, present, width);
    double lastWidth = Double.NaN;
    double lastLogPeak = 0;
    for (int i = 0; i < count; i++) {
      double s = width[i];
      if (Double.isNaN(s)) {
        center[i] = 0;
        scale[i] = 0;
        logPeak[i] = 0;
        continue;
      }
      scale[i] = 1 / (s * SQRT_2);
      double below = center[i] / s;
      double above = (1 - center[i]) / s;
      if (below > WHOLE && above > WHOLE) {
        // Most kernels of a long history have the least width: one logarithm serves them all.
        if (s != lastWidth) {
          lastWidth = s;
          lastLogPeak = -Math.log(s * SQRT_2_PI);
        }
        logPeak[i] = lastLogPeak;
      } else {
        logPeak[i] = -Math.log(s * SQRT_2_PI * inside(below, above));
      }
    }
  }

  /** The probability of [-below, above], at least 0.34 since s is at most 1. */
  private static double inside(double below, double above) {
    double outside = 0;
    if (below <= WHOLE) {
      outside += Erfc.value(below / SQRT_2);
    }
    if (above <= WHOLE) {
      outside += Erfc.value(above / SQRT_2);
    }
    return 1 - 0.5 * outside;
  }

  @Override
  public double sample(int kernel, double p) {
    if (kernel == size || scale[kernel] == 0) {
      return domain.fromUnit(p);
    }
    double m = center[kernel];
    double s = width[kernel];
    return domain.fromUnit(m + s * TruncatedNormal.quantile(p, -m / s, (1 - m) / s));
  }

  @Override
  public void addLogDensity(double code, int from, int to, double[] sums) {
    addLogDensity(domain.toUnit(code), center, scale, logPeak, from, to - from, sums);
  }

  /** Over local arrays and without branches, so that the loop compiles to vector instructions. */
  private static void addLogDensity(
      double x,
      double[] center,
      double[] scale,
      double[] logPeak,
      int from,
      int count,
      double[] sums) {
    for (int i = 0; i < count; i++) {
      double z = (x - center[from + i]) * scale[from + i];
      sums[i] += logPeak[from + i] - z * z;
    }
  }
}
