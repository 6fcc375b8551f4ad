package org.hpo4j.space;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Real numbers: uniform, log-uniform, normal or log-normal, each either continuous or quantized to
 * the multiples of a step q.
 *
 * <p>A quantized domain holds the multiples of q inside its bounds and nothing else: with {@code
 * quniform(3, 120, 0.8)} these are 3.2, 4.0, ..., 120.0, all equally likely. (hyperopt rounds a
 * draw instead, which can leave the bounds and halves the probability of the end values.) Under the
 * other laws a multiple v has the probability of [v - q/2, v + q/2].
 */
public final class RealDomain implements Domain<Double> {

  /** The shape of the law from which values are drawn. */
  public enum Shape {
    /** Uniform between two bounds. */
    UNIFORM("uniform"),
    /** Uniform in the logarithm between two positive bounds. */
    LOG_UNIFORM("logUniform"),
    /** Normal; unbounded. */
    NORMAL("normal"),
    /** Normal in the logarithm; positive, unbounded above. */
    LOG_NORMAL("logNormal");

    private final String factory;

    Shape(String factory) {
      this.factory = factory;
    }

    boolean isBounded() {
      return this == UNIFORM || this == LOG_UNIFORM;
    }
  }

  private static final double LARGEST_MULTIPLE = 0x1p53;

  private final Shape shape;
  private final double first;
  private final double second;
  private final double step;
  private final Law law;
  private final double low;
  private final double high;
  private final Multiples multiples;

  private RealDomain(Shape shape, double first, double second, double step) {
    this.shape = shape;
    this.first = first;
    this.second = second;
    this.step = step;
    Law continuous = lawOf(shape, first, second);
    double lowest = shape.isBounded() ? first : continuous.quantile(0);
    double highest = shape.isBounded() ? second : continuous.quantile(1);
    if (!Double.isFinite(lowest) || !Double.isFinite(highest) || underflows(lowest)) {
      throw new IllegalArgumentException(
          describe()
              + ": its draws leave the range of doubles; they lie between "
              + lowest
              + " and "
              + highest);
    }
    if (step == 0) {
      this.multiples = Multiples.NONE;
      this.law = continuous;
      this.low = lowest;
      this.high = highest;
    } else {
      if (Math.max(Math.abs(lowest), Math.abs(highest)) / step > LARGEST_MULTIPLE) {
        throw new IllegalArgumentException(
            describe()
                + ": a step of "
                + step
                + " is too small for the range; its multiples are"
                + " not distinct doubles");
      }
      long from = shape.isBounded() ? Multiples.ceil(lowest, step) : Math.round(lowest / step);
      long to = shape.isBounded() ? Multiples.floor(highest, step) : Math.round(highest / step);
      if (from > to) {
        throw new IllegalArgumentException(
            describe() + ": no multiple of " + step + " lies in [" + first + ", " + second + "]");
      }
      this.multiples = new Multiples(step, from, to);
      this.low = multiples.value(from);
      this.high = multiples.value(to);
      if (shape.isBounded() && !Double.isFinite((high + 0.5 * step) - (low - 0.5 * step))) {
        throw new IllegalArgumentException(
            describe() + ": the range and a step more must be finite, got a step of " + step);
      }
      // Bounded laws are stretched by half a step at either end, so that the end values own whole
      // cells like all others.
      this.law = shape.isBounded() ? lawOf(shape, low - 0.5 * step, high + 0.5 * step) : continuous;
    }
  }

  /**
   * A continuous or quantized real domain.
   *
   * @param shape the law
   * @param first the lower bound, or the mean (of the logarithm, for {@code LOG_NORMAL})
   * @param second the upper bound, or the standard deviation, which must be positive
   * @param step the quantum q, or 0 for a continuous domain
   * @throws IllegalArgumentException if a number is not finite, the bounds are in the wrong order,
   *     a logarithmic bound is not positive, or no multiple of the step lies between the bounds
   */
  public static RealDomain of(Shape shape, double first, double second, double step) {
    Optional<String> problem = problem(shape, first, second, step);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(
          describe(shape, first, second, step) + ": " + problem.get());
    }
    // Adding 0 turns -0.0 into 0.0, which is equal but has another hash code and text.
    return new RealDomain(shape, first + 0.0, second + 0.0, step);
  }

  private static Optional<String> problem(Shape shape, double first, double second, double step) {
    if (!Double.isFinite(first) || !Double.isFinite(second) || !Double.isFinite(second - first)) {
      return Optional.of("numbers must be finite, and so must the range");
    }
    if (!(step >= 0) || Double.isInfinite(step)) {
      return Optional.of("the step must be positive and finite");
    }
    if (step > 0 && step < Double.MIN_NORMAL) {
      // Half a step, the edge of a cell, would no longer be exact.
      return Optional.of("the step must be at least " + Double.MIN_NORMAL + ", got " + step);
    }
    if (!shape.isBounded()) {
      return second > 0
          ? Optional.empty()
          : Optional.of("the standard deviation must be positive, got " + second);
    }
    if (first > second) {
      return Optional.of("low must be at most high, got low " + first + " > high " + second);
    }
    if (shape == Shape.LOG_UNIFORM && !(first > 0)) {
      return Optional.of("a logarithmic scale needs low > 0, got " + first);
    }
    if (step > 0 && step > second - first && second > first) {
      return Optional.of("the step " + step + " is larger than the range " + (second - first));
    }
    return Optional.empty();
  }

  private static Law lawOf(Shape shape, double first, double second) {
    return switch (shape) {
      case UNIFORM -> new Law.Uniform(first, second);
      case LOG_UNIFORM -> new Law.LogUniform(first, second);
      case NORMAL -> new Law.Normal(NormalDistribution.of(first, second));
      case LOG_NORMAL -> new Law.LogNormal(LogNormalDistribution.of(first, second));
    };
  }

  private boolean underflows(double lowest) {
    return shape == Shape.LOG_NORMAL && step == 0 && lowest == 0;
  }

  /** The shape of the law. */
  public Shape shape() {
    return shape;
  }

  /** The lower bound as given, or the mean (of the logarithm, for {@code LOG_NORMAL}). */
  public double first() {
    return first;
  }

  /** The upper bound as given, or the standard deviation. */
  public double second() {
    return second;
  }

  /** The quantum q, or 0 for a continuous domain. */
  public double step() {
    return step;
  }

  /** The lowest value that is drawn; of an unbounded law the quantile of 2^-54. */
  public double low() {
    return low;
  }

  /** The highest value that is drawn; of an unbounded law the quantile just below 1. */
  public double high() {
    return high;
  }

  @Override
  public Double decode(double code) {
    if (!contains(code)) {
      throw new IllegalArgumentException(code + " is not in " + describe());
    }
    return code;
  }

  @Override
  public double encode(Object value) {
    if (value instanceof Number number) {
      double code = number.doubleValue();
      if (step > 0) {
        code = multiples.nearest(code);
      }
      if (Math.abs(code - number.doubleValue()) <= 1e-9 * Math.max(step, 0) && contains(code)) {
        return code;
      }
    }
    throw new IllegalArgumentException(
        (value instanceof String ? "the text '" + value + "'" : value)
            + " is not in "
            + describe());
  }

  @Override
  public boolean contains(double code) {
    if (!Double.isFinite(code)) {
      return false;
    }
    return switch (shape) {
      case UNIFORM, LOG_UNIFORM -> code >= low && code <= high && onGrid(code);
      // Values beyond the drawn tails are legal: a user may enqueue them.
      case NORMAL -> onGrid(code);
      case LOG_NORMAL -> (step > 0 ? code >= 0 : code > 0) && onGrid(code);
    };
  }

  private boolean onGrid(double code) {
    return step == 0 || multiples.nearest(code) == code;
  }

  @Override
  public double toUnit(double code) {
    return step == 0 ? law.cumulative(code) : 0.5 * (cellLow(code) + cellHigh(code));
  }

  @Override
  public double cellLow(double code) {
    return law.cumulative(step == 0 ? code : code - 0.5 * step);
  }

  @Override
  public double cellHigh(double code) {
    return law.cumulative(step == 0 ? code : code + 0.5 * step);
  }

  @Override
  public double fromUnit(double u) {
    double x = law.quantile(Law.clamp(u, 0, 1));
    return step == 0 ? Law.clamp(x, low, high) : Law.clamp(multiples.nearest(x), low, high);
  }

  @Override
  public long cardinality() {
    if (!shape.isBounded()) {
      return UNCOUNTABLE;
    }
    return step == 0 ? (low == high ? 1 : UNCOUNTABLE) : multiples.count();
  }

  @Override
  public double codeAt(long index) {
    if (index < 0 || index >= cardinality() || cardinality() == UNCOUNTABLE) {
      throw new IllegalArgumentException(describe() + " has no value at index " + index);
    }
    return step == 0 ? low : multiples.value(multiples.from() + index);
  }

  @Override
  public boolean isContinuous() {
    return step == 0;
  }

  @Override
  public String label(double code) {
    return Double.toString(code);
  }

  @Override
  public String describe() {
    return describe(shape, first, second, step);
  }

  private static String describe(Shape shape, double first, double second, double step) {
    return step == 0
        ? String.format(Locale.ROOT, "%s(%s, %s)", shape.factory, first, second)
        : String.format(Locale.ROOT, "q%s(%s, %s, %s)", shape.factory, first, second, step);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RealDomain that
        && shape == that.shape
        && first == that.first
        && second == that.second
        && step == that.step;
  }

  @Override
  public int hashCode() {
    return Objects.hash(shape, first, second, step);
  }

  @Override
  public String toString() {
    return describe();
  }

  /**
   * The multiples k q for k in [from, to], each the double nearest to the decimal product: 0.8 * 7
   * is 5.6, not 5.6000000000000005.
   */
  private record Multiples(double step, long from, long to, double numerator, double denominator) {

    static final Multiples NONE = new Multiples(0, 0, 0, 0, 1);

    Multiples(double step, long from, long to) {
      this(step, from, to, exactNumerator(step), exactDenominator(step));
    }

    long count() {
      return to - from + 1;
    }

    double value(long k) {
      double product = k * numerator;
      if (Math.abs(product) <= LARGEST_MULTIPLE) {
        // Both operands are exact, so the quotient is correctly rounded.
        return product / denominator;
      }
      return BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(k)).doubleValue();
    }

    double nearest(double x) {
      return value(Math.round(x / step)) + 0.0;
    }

    static long ceil(double bound, double step) {
      return decimalQuotient(bound, step, RoundingMode.CEILING);
    }

    static long floor(double bound, double step) {
      return decimalQuotient(bound, step, RoundingMode.FLOOR);
    }

    private static long decimalQuotient(double bound, double step, RoundingMode mode) {
      return BigDecimal.valueOf(bound).divide(BigDecimal.valueOf(step), 0, mode).longValueExact();
    }

    private static double exactNumerator(double step) {
      BigDecimal decimal = BigDecimal.valueOf(step);
      if (decimal.scale() < 0 || decimal.scale() > 22 || decimal.precision() > 15) {
        return Double.NaN;
      }
      return decimal.unscaledValue().doubleValue();
    }

    private static double exactDenominator(double step) {
      int scale = BigDecimal.valueOf(step).scale();
      return scale < 0 || scale > 22 ? Double.NaN : BigDecimal.TEN.pow(scale).doubleValue();
    }
  }
}
