package org.hpo4j.math;

/**
 * Sums and differences of numbers that are kept as natural logarithms, so that probabilities far
 * below 10^-308 neither vanish nor lose digits. Minus infinity is the logarithm of 0.
 */
public final class LogSpace {

  /**
   * How far below the largest term a term is left out: n such terms are together less than n
   * exp(-40), 4e-18 n, of the sum.
   */
  public static final double NEGLIGIBLE = 40;

  private static final double LOG_2 = Math.log(2);

  private LogSpace() {}

  /**
   * log(exp(x[from]) + ... + exp(x[to - 1])).
   *
   * @param x logarithms below positive infinity, not NaN
   * @param from the first index
   * @param to past the last index
   * @return minus infinity for an empty range
   */
  public static double sumExp(double[] x, int from, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      max = Math.max(max, x[i]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    double least = max - NEGLIGIBLE;
    for (int i = from; i < to; i++) {
      if (x[i] > least) {
        sum += Math.exp(x[i] - max);
      }
    }
    return max + Math.log(sum);
  }

  /**
   * log(1 - exp(x)) for x &lt;= 0, to full precision for tiny and for large -x: the case
   * distinction at log 2 of M. Mächler, "Accurately Computing log(1 - exp(-|a|))", a vignette of
   * the R package Rmpfr, 2012.
   *
   * @throws IllegalArgumentException if x is positive or NaN
   */
  public static double log1mExp(double x) {
    if (!(x <= 0)) {
      throw new IllegalArgumentException("log(1 - exp(x)) needs x <= 0, got " + x);
    }
    return x > -LOG_2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
  }
}
