package org.hpo4j.sampler.tpe;

import org.hpo4j.math.TruncatedNormal;

/**
 * log(Phi(t)), the normal law's logarithmic distribution function, for t in [0, {@value #LAST}] by
 * its Taylor series about the nearest of equidistant nodes. The absolute error is below 1e-12, at a
 * tenth of the cost of the error function; TPE needs one an ask for each observation near a bound.
 *
 * <p>With r = phi/Phi the derivatives are r, r' = -r (t + r), r'' = -r' (t + r) - r (1 + r'), and
 * r''' = -r'' (t + r) - 2 r' (1 + r') - r r''.
 */
final class LogCdfTable {

  /** Past this, Phi is 1 in double precision. */
  static final double LAST = 8.3;

  private static final int NODES_PER_UNIT = 64;
  private static final int TERMS = 5;
  private static final double[] COEFFICIENTS = coefficients();

  private LogCdfTable() {}

  private static double[] coefficients() {
    int nodes = (int) Math.ceil(LAST * NODES_PER_UNIT) + 1;
    double[] table = new double[nodes * TERMS];
    for (int node = 0; node < nodes; node++) {
      double t = (double) node / NODES_PER_UNIT;
      double value = TruncatedNormal.logCdf(t);
      double r = Math.exp(-0.5 * t * t - value) / Math.sqrt(2 * Math.PI);
      double r1 = -r * (t + r);
      double r2 = -r1 * (t + r) - r * (1 + r1);
      double r3 = -r2 * (t + r) - 2 * r1 * (1 + r1) - r * r2;
      table[node * TERMS] = value;
      table[node * TERMS + 1] = r;
      table[node * TERMS + 2] = r1 / 2;
      table[node * TERMS + 3] = r2 / 6;
      table[node * TERMS + 4] = r3 / 24;
    }
    return table;
  }

  /** log(Phi(t)) for t in [0, {@value #LAST}]. */
  static double at(double t) {
    int node = (int) (t * NODES_PER_UNIT + 0.5);
    double d = t - (double) node / NODES_PER_UNIT;
    int k = node * TERMS;
    return COEFFICIENTS[k]
        + d
            * (COEFFICIENTS[k + 1]
                + d * (COEFFICIENTS[k + 2] + d * (COEFFICIENTS[k + 3] + d * COEFFICIENTS[k + 4])));
  }
}
