package org.hpo4j.math;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * The logarithm of the expected improvement of a normal variable, and its derivatives, without
 * underflow or loss of digits.
 *
 * <p>Notation:
 *
 * <ul>
 *   <li>f, the variable, has mean m and standard deviation s; b is the value to fall below; z = (b
 *       - m) / s.
 *   <li>phi and Phi, the standard normal density and distribution function.
 *   <li>h(z) = phi(z) + z Phi(z). The expected improvement E max(b - f, 0) is s h(z).
 *   <li>M(t) = (1 - Phi(t)) / phi(t), Mills' ratio, for t = -z. For z &lt; 0 is h(z) = phi(z) (1 -
 *       t M(t)).
 * </ul>
 *
 * <p>The idea, to keep h as a logarithm and to treat the far tail by another formula, is that of
 * Ament, Daulton, Eriksson, Balandat and Bakshy, "Unexpected Improvements to Expected Improvement
 * for Bayesian Optimization", NeurIPS 2023. The formulas here are for double precision throughout:
 * with erfcx as far as 1 - t M(t) loses at most three digits, and beyond by the asymptotic series
 * of Mills' ratio (Abramowitz and Stegun, 26.2.12), 1 - t M(t) ~ 1/t^2 - 3/t^4 + 15/t^6 - ...
 *
 * <p>Valid for |z| up to 10^150, where z^2 still is a double.
 */
public final class LogExpectedImprovement {

  private static final double LOG_SQRT_2_PI = 0.9189385332046728;
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_PI_2 = Math.sqrt(Math.PI / 2);

  /** From this t on the series has reached double precision after {@link #TERMS} terms. */
  private static final double FAR = 25;

  private static final int TERMS = 10;

  private LogExpectedImprovement() {}

  /** log h(z). */
  public static double value(double z) {
    if (z > -1) {
      return Math.log(density(z) + z * cdf(z));
    }
    return Math.log(millsGap(-z)) - 0.5 * z * z - LOG_SQRT_2_PI;
  }

  /**
   * phi(z) / h(z): the derivative of log(s h) by log s.
   *
   * <p>With it, the one by z, Phi(z) / h(z), is {@link #slope}.
   */
  public static double densityRatio(double z) {
    if (z > -1) {
      double density = density(z);
      return density / (density + z * cdf(z));
    }
    return 1 / millsGap(-z);
  }

  /** Phi(z) / h(z): the derivative of log h. */
  public static double slope(double z) {
    if (z > -1) {
      double cdf = cdf(z);
      return cdf / (density(z) + z * cdf);
    }
    // M(t) / (1 - t M(t)), where t M(t) is 1 less the gap.
    double gap = millsGap(-z);
    return (1 - gap) / (-z * gap);
  }

  private static double density(double z) {
    return Math.exp(-0.5 * z * z - LOG_SQRT_2_PI);
  }

  private static double cdf(double z) {
    return 0.5 * Erfc.value(-z / SQRT_2);
  }

  /** 1 - t M(t) for t &gt;= 1. */
  private static double millsGap(double t) {
    if (t < FAR) {
      return 1 - t * SQRT_PI_2 * Erfcx.value(t / SQRT_2);
    }
    double r = 1 / (t * t);
    // Horner: r (1 - 3 r (1 - 5 r (1 - 7 r (...)))).
    double sum = 1;
    for (int k = TERMS; k >= 1; k--) {
      sum = 1 - (2 * k + 1) * r * sum;
    }
    return r * sum;
  }
}
