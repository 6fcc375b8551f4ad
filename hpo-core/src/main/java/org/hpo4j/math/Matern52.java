package org.hpo4j.math;

/**
 * The Matern correlation of smoothness 5/2.
 *
 * <p>Notation: q, the squared distance in units of the length scales, r its root; k(q) = (1 + sqrt
 * 5 r + 5 q / 3) exp(-sqrt 5 r). Rasmussen and Williams, "Gaussian Processes for Machine Learning",
 * 2006, equation 4.17. The derivative by q, k'(q) = -5/6 (1 + sqrt 5 r) exp(-sqrt 5 r), exists at 0
 * too.
 */
public final class Matern52 {

  private static final double SQRT_5 = Math.sqrt(5);

  private Matern52() {}

  /**
   * The correlations of squared distances.
   *
   * @param q the squared distances; receives k(q)
   * @param from the first index
   * @param to past the last index
   */
  public static void correlations(double[] q, int from, int to) {
    for (int i = from; i < to; i++) {
      double s = SQRT_5 * Math.sqrt(q[i]);
      q[i] = (1 + s * (1 + s * (1.0 / 3))) * Math.exp(-s);
    }
  }

  /**
   * The correlations of squared distances and their derivatives by them.
   *
   * @param q the squared distances; receives k(q)
   * @param derivatives receives k'(q)
   * @param from the first index
   * @param to past the last index
   */
  public static void correlations(double[] q, double[] derivatives, int from, int to) {
    for (int i = from; i < to; i++) {
      double s = SQRT_5 * Math.sqrt(q[i]);
      double e = Math.exp(-s);
      q[i] = (1 + s * (1 + s * (1.0 / 3))) * e;
      derivatives[i] = -5.0 / 6 * (1 + s) * e;
    }
  }
}
