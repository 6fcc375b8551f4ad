package org.hpo4j.sampler.tpe;

import org.hpo4j.math.TruncatedNormal;

/**
 * Kernels of integers, steps and ordered options: the normal kernel cut to [0, 1], integrated over
 * the cell of each value, over the cell's own width, which is the value's prior probability.
 *
 * <p>Observations of equal value share the gap to the next different one, as real ones would that
 * had come as close to each other. Otherwise the kernels were the wider the more the observations
 * agree: where all of them have one value, there is no other to be near to.
 */
final class CellKernels extends DiscreteKernels {

  private static final double LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

  /** Below this, in units of the width, a cell counts as narrow. */
  private static final double NARROW = 1e-2;

  /** The least width as a share of the cell: nine of ten draws stay in it then. */
  private static final double LEAST_SHARE = 0.3;

  private final Bandwidth bandwidth;
  private double[] center = new double[0];
  private double[] width = new double[0];
  private double[] logInside = new double[0];

  CellKernels(Column column, Bandwidth bandwidth) {
    super(column);
    this.bandwidth = bandwidth;
  }

  @Override
  void fitValues() {
    if (center.length < values) {
      center = new double[codes.length];
      width = new double[codes.length];
      logInside = new double[codes.length];
    }
    bandwidth.clear();
    for (int v = 0; v < values; v++) {
      center[v] = domain.toUnit(codes[v]);
      bandwidth.add(center[v]);
    }
    bandwidth.finish(present);
    for (int v = 0; v < values; v++) {
      double cell = domain.cellHigh(codes[v]) - domain.cellLow(codes[v]);
      double shared = bandwidth.width(center[v]) / counts[v];
      width[v] = Math.max(shared, Math.max(bandwidth.leastWidth(), LEAST_SHARE * cell));
      logInside[v] = TruncatedNormal.logMass(-center[v] / width[v], (1 - center[v]) / width[v]);
    }
  }

  @Override
  double sampleValue(int value, double p) {
    double m = center[value];
    double s = width[value];
    return domain.fromUnit(m + s * TruncatedNormal.quantile(p, -m / s, (1 - m) / s));
  }

  @Override
  double logDensity(int value, double code) {
    double s = width[value];
    double low = domain.cellLow(code);
    double high = domain.cellHigh(code);
    double h = (high - low) / s;
    double z = (0.5 * (low + high) - center[value]) / s;
    if (h * Math.max(1, Math.abs(z)) < NARROW) {
      // phi(z) h (1 + h^2 (z^2 - 1) / 24), the Taylor series of the integral about the middle of
      // the cell; its next term, of the order (h z)^4 / 1920, is below 1e-11.
      return -0.5 * z * z
          - LOG_SQRT_2_PI
          - Math.log(s)
          + Math.log1p(h * h * (z * z - 1) / 24)
          - logInside[value];
    }
    double a = (low - center[value]) / s;
    double b = (high - center[value]) / s;
    return TruncatedNormal.logMass(a, b) - Math.log(high - low) - logInside[value];
  }
}
