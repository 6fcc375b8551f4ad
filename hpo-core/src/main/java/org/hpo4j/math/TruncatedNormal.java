package org.hpo4j.math;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * The standard normal distribution cut to an interval.
 *
 * <p>Notation:
 *
 * <ul>
 *   <li>phi(x) = exp(-x^2 / 2) / sqrt(2 pi), Phi(x) its integral from minus infinity to x.
 *   <li>[a, b] the interval, in standard deviations from the mean; either end may be infinite.
 *   <li>erfcx(t) = exp(t^2) erfc(t), so that Phi(x) = exp(-x^2 / 2) erfcx(-x / sqrt(2)) / 2: the
 *       factor that underflows is known in closed form, and its logarithm is exact.
 * </ul>
 *
 * <p>Valid for every interval with |a|, |b| up to 10^150, where x^2 still is a double.
 */
public final class TruncatedNormal {

  private static final double SQRT_2 = Math.sqrt(2);
  private static final double LOG_SQRT_2_PI = 0.9189385332046728;
  private static final double SQRT_2_OVER_PI = 0.7978845608028654;
  private static final double LOG_2 = Math.log(2);

  /** Below this b, Phi(b) is so small that quantiles are searched in its logarithm. */
  private static final double FAR = -5;

  /**
   * Halves of the nodes and of the weights of the 8-point Gauss-Legendre rule: those of the
   * interval [-1/2, 1/2].
   */
  private static final double[] NODES = {
    0.0917173212478249, 0.2627662049581645, 0.39833323870681336, 0.48014492824876814
  };

  private static final double[] WEIGHTS = {
    0.181341891689181, 0.15685332293894363, 0.11119051722668724, 0.05061426814518813
  };

  private TruncatedNormal() {}

  /**
   * log(Phi(x)), at most 0.
   *
   * @param x any number, infinite ones included
   */
  public static double logCdf(double x) {
    if (x > 0) {
      return Math.log1p(-0.5 * Erfc.value(x / SQRT_2));
    }
    return x == Double.NEGATIVE_INFINITY
        ? x
        : Math.log(Erfcx.value(-x / SQRT_2)) - LOG_2 - 0.5 * x * x;
  }

  /**
   * log(Phi(b) - Phi(a)), the logarithm of the probability of the interval, with a relative error
   * of at most 1e-12; at most 0. An empty interval, a = b, has minus infinity.
   *
   * @param a the lower end
   * @param b the upper end
   * @throws IllegalArgumentException unless a &lt;= b
   */
  public static double logMass(double a, double b) {
    if (!(a <= b)) {
      throw new IllegalArgumentException("needs a <= b, got a = " + a + ", b = " + b);
    }
    if (a == b) {
      return Double.NEGATIVE_INFINITY;
    }
    if (a > 0) {
      return logMassLeft(-b, -a);
    }
    if (b <= 0) {
      return logMassLeft(a, b);
    }
    double outside = 0.5 * (Erfc.value(-a / SQRT_2) + Erfc.value(b / SQRT_2));
    return outside < 0.5
        ? Math.log1p(-outside)
        : Math.log(0.5 * (Erf.value(b / SQRT_2) + Erf.value(-a / SQRT_2)));
  }

  /** The same for a &lt; b &lt;= 0. */
  private static double logMassLeft(double a, double b) {
    double width = b - a;
    double middle = 0.5 * a + 0.5 * b;
    // log(phi(a) / phi(b)) from the exact difference of squares.
    double fall = width * middle;
    if (width <= 1 && fall >= -2) {
      return logMassNarrow(middle, width);
    }
    // Here Phi(a) is well below Phi(b), so that the difference loses no digits.
    double ratio = a == Double.NEGATIVE_INFINITY ? 0 : Math.exp(fall) * Erfcx.value(-a / SQRT_2);
    return Math.log(Erfcx.value(-b / SQRT_2) - ratio) - LOG_2 - 0.5 * b * b;
  }

  /**
   * Where Phi(b) - Phi(a) would cancel: phi(m) h times the integral over s in [-1/2, 1/2] of exp(-m
   * h s - h^2 s^2 / 2), whose integrand is nearly constant. For h &lt;= 1 and |m| h &lt;= 2 the
   * 8-point rule is exact in double precision.
   */
  private static double logMassNarrow(double m, double h) {
    double integral = 0;
    for (int i = 0; i < NODES.length; i++) {
      double s = h * NODES[i];
      integral += WEIGHTS[i] * Math.exp(-0.5 * s * s) * (Math.exp(-m * s) + Math.exp(m * s));
    }
    return Math.log(h) + Math.log(integral) - LOG_SQRT_2_PI - 0.5 * m * m;
  }

  /**
   * The number x in [a, b] below which a fraction p of the interval's probability lies: Phi(x) =
   * Phi(a) + p (Phi(b) - Phi(a)).
   *
   * @param p in [0, 1]
   * @param a the lower end
   * @param b the upper end
   * @throws IllegalArgumentException unless 0 &lt;= p &lt;= 1 and a &lt;= b
   */
  public static double quantile(double p, double a, double b) {
    if (!(p >= 0 && p <= 1 && a <= b)) {
      throw new IllegalArgumentException(
          "needs 0 <= p <= 1 and a <= b, got p = " + p + ", a = " + a + ", b = " + b);
    }
    if (p == 0 || a == b) {
      return a;
    }
    if (p == 1) {
      return b;
    }
    double x = a > 0 ? -quantileLeft(1 - p, -b, -a) : quantileLeft(p, a, b);
    return Math.max(a, Math.min(b, x));
  }

  /** The same for 0 &lt; p &lt; 1 and a &lt;= 0. */
  private static double quantileLeft(double p, double a, double b) {
    if (b < FAR) {
      return quantileFar(p, a, b);
    }
    double left = Erfc.value(-a / SQRT_2);
    double right = Erfc.value(b / SQRT_2);
    double inside = b <= 0 ? Erfc.value(-b / SQRT_2) - left : 2 - left - right;
    return quantileNear(p, left, inside, right);
  }

  /**
   * The same from twice the probabilities left of the interval, inside and right of it.
   *
   * <p>Of those left of x and right of x, each a sum of positive terms, the smaller one is
   * inverted.
   */
  private static double quantileNear(double p, double left, double inside, double right) {
    double below = left + p * inside;
    return below <= 1
        ? -SQRT_2 * InverseErfc.value(below)
        : SQRT_2 * InverseErfc.value(right + (1 - p) * inside);
  }

  /** 2 (1 - Phi(x)) for x &gt;= 0, the probability beyond x in both directions. */
  public static double tails(double x) {
    return Erfc.value(x / SQRT_2);
  }

  /**
   * The same as {@link #quantile(double, double, double)} where the mean lies inside the interval
   * and its tails are known from earlier.
   *
   * @param p in [0, 1]
   * @param a the lower end, at most 0
   * @param b the upper end, positive
   * @param tailsOfA {@code tails(-a)}
   * @param tailsOfB {@code tails(b)}
   */
  public static double quantile(double p, double a, double b, double tailsOfA, double tailsOfB) {
    if (p == 0) {
      return a;
    }
    if (p == 1) {
      return b;
    }
    double x = quantileNear(p, tailsOfA, 2 - tailsOfA - tailsOfB, tailsOfB);
    return Math.max(a, Math.min(b, x));
  }

  /**
   * Newton's method on log(Phi(x) / Phi(b)) = log(p + (1 - p) Phi(a) / Phi(b)) =: y. The start, x^2
   * = b^2 - 2 y, is the solution where erfcx varies slowly; five steps reach double precision for
   * all b &lt; -5.
   */
  private static double quantileFar(double p, double a, double b) {
    double atB = Erfcx.value(-b / SQRT_2);
    double atA =
        a == Double.NEGATIVE_INFINITY
            ? 0
            : Math.exp((b - a) * (0.5 * a + 0.5 * b)) * Erfcx.value(-a / SQRT_2);
    double y = Math.log(p + (1 - p) * atA / atB);
    double below = -2 * y / (Math.sqrt(b * b - 2 * y) - b); // b - x, without cancellation
    for (int i = 0; i < 5; i++) {
      double x = b - below;
      double atX = Erfcx.value(-x / SQRT_2);
      double error = Math.log(atX / atB) - below * (0.5 * below - b) - y;
      below += error * atX / SQRT_2_OVER_PI;
    }
    return b - below;
  }
}
