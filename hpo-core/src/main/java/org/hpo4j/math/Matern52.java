package org.hpo4j.math;

/**
 * The Matern correlation of smoothness 5/2.
 *
 * <p>Notation: q, the squared distance in units of the length scales; s = sqrt(5 q); k(q) = (1 + s
 * + s^2 / 3) exp(-s). Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006,
 * equation 4.17. The derivative by q, k'(q) = -5/6 (1 + s) exp(-s), exists at 0 too.
 *
 * <p>Both functions take exp(-s) as well, which a caller computes once for the two.
 */
public final class Matern52 {

  private static final double SQRT_5 = Math.sqrt(5);

  private Matern52() {}

  /** s for q &gt;= 0. */
  public static double scaled(double q) {
    return SQRT_5 * Math.sqrt(q);
  }

  /** k(q) from s and exp(-s). */
  public static double correlation(double s, double exp) {
    return (1 + s * (1 + s * (1.0 / 3))) * exp;
  }

  /** k'(q) from s and exp(-s). */
  public static double derivative(double s, double exp) {
    return -5.0 / 6 * (1 + s) * exp;
  }
}
