package org.hpo4j.sampler.cmaes;

import org.hpo4j.math.TruncatedNormal;
import org.hpo4j.space.Domain;

/**
 * The margin of a discrete dimension: a value and its neighbours stay possible however small the
 * step size has become, by moving the mean and widening that dimension alone. Where all draws fell
 * into one cell of unit space, all would look alike and the search would stand still.
 *
 * <p>Source: Hamano, Saito, Nomura and Shirakawa, "CMA-ES with Margin: Lower-Bounding Marginal
 * Probability for Mixed-Integer Black-Box Optimization", GECCO 2022, section 4. In an outermost
 * cell, to leave it has at least the probability alpha; in any other, to leave it on either side
 * has at least alpha/2.
 *
 * @param mean the corrected mean in unit space
 * @param amplification the corrected factor a of the dimension's standard deviation
 */
record Margin(double mean, double amplification) {

  /** Keeps quantiles finite and positive. */
  private static final double SMALLEST_TAIL = 1e-10;

  /**
   * Corrects a dimension.
   *
   * @param domain discrete, of more than one value
   * @param mean the mean in unit space
   * @param deviation sigma sqrt(C_jj), the standard deviation without the factor
   * @param amplification the factor so far
   * @param alpha the margin, in (0, 1/2)
   */
  static Margin correct(
      Domain<?> domain, double mean, double deviation, double amplification, double alpha) {
    double code = domain.fromUnit(mean);
    double low = domain.cellLow(code);
    double high = domain.cellHigh(code);
    double scale = deviation * amplification;
    if (code == domain.fromUnit(0)) {
      return new Margin(high - Math.min(high - mean, farthest(alpha, scale)), amplification);
    }
    if (code == domain.fromUnit(1)) {
      return new Margin(low + Math.min(mean - low, farthest(alpha, scale)), amplification);
    }
    double below = cumulative((low - mean) / scale);
    double above = cumulative((mean - high) / scale);
    double least = alpha / 2;
    if (Math.min(below, above) >= least) {
      return new Margin(mean, amplification);
    }
    double inside = 1 - below - above;
    below = Math.max(below, least);
    above = Math.max(above, least);
    double sum = below + inside + above;
    double correction = (1 - sum) / (sum - 3 * least);
    double toLow = deviationsTo(below + correction * (below - least));
    double toHigh = deviationsTo(above + correction * (above - least));
    return new Margin(
        (low * toHigh + high * toLow) / (toLow + toHigh),
        (high - low) / ((toLow + toHigh) * deviation));
  }

  /** How far from a threshold the probability beyond it is alpha. */
  private static double farthest(double alpha, double scale) {
    return deviationsTo(alpha) * scale;
  }

  /** The x with Phi(-x) = p. */
  private static double deviationsTo(double p) {
    double inside = Math.max(SMALLEST_TAIL, Math.min(0.5 - SMALLEST_TAIL, p));
    return -TruncatedNormal.quantile(inside, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private static double cumulative(double x) {
    return Math.exp(TruncatedNormal.logCdf(x));
  }
}
