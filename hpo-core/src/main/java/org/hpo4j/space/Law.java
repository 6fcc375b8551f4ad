package org.hpo4j.space;

import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** A continuous law on the real axis: its distribution function and the inverse of it. */
sealed interface Law {

  /** The probability of a value at most x, in [0, 1]. */
  double cumulative(double x);

  /** The x with {@code cumulative(x) = u}, for u in [0, 1]. */
  double quantile(double u);

  /** Uniform on [low, high]. */
  record Uniform(double low, double high) implements Law {
    @Override
    public double cumulative(double x) {
      return high > low ? clamp((x - low) / (high - low), 0, 1) : 0.5;
    }

    @Override
    public double quantile(double u) {
      return clamp(low + u * (high - low), low, high);
    }
  }

  /** Uniform in the logarithm on [low, high], 0 &lt; low. */
  record LogUniform(double low, double high) implements Law {

    /** Its exponential is still finite. */
    private static final double LARGEST_EXPONENT = 700;

    @Override
    public double cumulative(double x) {
      if (!(high > low)) {
        return 0.5;
      }
      // log1p keeps neighbouring bounds apart where the logarithms of both would be equal.
      return clamp(logRatio(x, low) / logRatio(high, low), 0, 1);
    }

    @Override
    public double quantile(double u) {
      double exponent = u * logRatio(high, low);
      if (exponent < LARGEST_EXPONENT) {
        return clamp(low * Math.exp(exponent), low, high);
      }
      // The bounds may be further apart than the largest double is from 1.
      double root = Math.exp(0.5 * exponent);
      return clamp(low * root * root, low, high);
    }

    private static double logRatio(double x, double base) {
      double ratio = x / base;
      return ratio < 2 && ratio > 0.5
          ? Math.log1p((x - base) / base)
          : Math.log(x) - Math.log(base);
    }
  }

  /** Normal with a mean and a standard deviation. */
  record Normal(NormalDistribution distribution) implements Law {
    @Override
    public double cumulative(double x) {
      return distribution.cumulativeProbability(x);
    }

    @Override
    public double quantile(double u) {
      return distribution.inverseCumulativeProbability(inside(u));
    }
  }

  /** Normal in the logarithm; mean and standard deviation are those of the logarithm. */
  record LogNormal(LogNormalDistribution distribution) implements Law {
    @Override
    public double cumulative(double x) {
      return distribution.cumulativeProbability(x);
    }

    @Override
    public double quantile(double u) {
      return distribution.inverseCumulativeProbability(inside(u));
    }
  }

  /** Half of the spacing of 53-bit draws: keeps quantiles of unbounded laws finite. */
  double SMALLEST_TAIL = 0x1p-54;

  private static double inside(double u) {
    // 1 - 2^-54 rounds to 1, so the upper end is the largest double below 1.
    return clamp(u, SMALLEST_TAIL, Math.nextDown(1.0));
  }

  static double clamp(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
  }
}
