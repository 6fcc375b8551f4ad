package org.hpo4j.storage.optuna;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The multiples of a step as Optuna can tell them. It computes with the shortest texts of three
 * doubles: where the range is no multiple of the step by these, it lowers {@code high} by up to a
 * step, and the values at the top lie outside.
 *
 * @param low the lower bound
 * @param high the upper bound
 * @param step the distance of neighbours from {@code low} on; 0 if there is none that fits
 */
record OptunaGrid(double low, double high, double step) {

  /** Python's usual precision of decimals. */
  private static final MathContext PYTHON = new MathContext(28, RoundingMode.HALF_EVEN);

  /** Every decimal of so many digits is the text of a double, but for those next to zero. */
  private static final int SAFE_DIGITS = 15;

  /** No double has a longer text. */
  private static final int MOST_DIGITS = 17;

  /** How far from a step's multiple, in steps, a value counts as one in Optuna. */
  private static final double TOLERANCE = 1e-8;

  /** What rounding takes of the tolerance: a value, the bound, the step and two operations. */
  private static final double ROUNDING = 5 * 0x1p-53;

  /** An enclosing grid: the same, else one that differs in late digits, else none but a range. */
  static OptunaGrid enclosing(double low, double high, double step) {
    OptunaGrid same = new OptunaGrid(low, high, step);
    if (same.isReadAsWritten() && (same.isExact() || same.roundingError() < TOLERANCE)) {
      return same;
    }
    for (int digits = MOST_DIGITS; digits >= SAFE_DIGITS && high > low; digits--) {
      OptunaGrid rounded = same.rounded(digits);
      if (rounded.encloses(same) && rounded.isReadAsWritten()) {
        return rounded;
      }
    }
    return new OptunaGrid(low, high, 0);
  }

  /** As many steps between bounds that have so many digits at most, which is why they can fit. */
  private OptunaGrid rounded(int digits) {
    BigDecimal steps = BigDecimal.valueOf(Math.rint((high - low) / step));
    BigDecimal largest = new BigDecimal(Math.max(Math.abs(low), Math.abs(high)));
    int scale = digits - (largest.precision() - largest.scale());
    BigDecimal from = new BigDecimal(low).setScale(scale, RoundingMode.FLOOR);
    BigDecimal distance =
        new BigDecimal(high).subtract(from).divide(steps, scale, RoundingMode.CEILING);
    BigDecimal to = from.add(distance.multiply(steps));
    return new OptunaGrid(from.doubleValue(), to.doubleValue(), distance.doubleValue());
  }

  /** Whether all values of a grid of as many steps count as values of this one. */
  private boolean encloses(OptunaGrid other) {
    double shift = Math.max(other.low - low, high - other.high) / step;
    return low <= other.low
        && high >= other.high
        && Double.isFinite(high)
        && shift + roundingError() < TOLERANCE;
  }

  /** How far, in steps, rounding can take a value from the multiple that it is. */
  private double roundingError() {
    return Math.max(Math.abs(low), Math.abs(high)) / step * ROUNDING;
  }

  /** Whether all values are exact multiples, and all that is computed with them is exact. */
  private boolean isExact() {
    double most = Math.max(Math.max(Math.abs(low), Math.abs(high)), high - low) / step;
    long digits = (long) (step / Math.ulp(step));
    long odd = digits >> Long.numberOfTrailingZeros(digits);
    return new BigDecimal(step).compareTo(text(step)) == 0 && most * odd <= 0x1p53;
  }

  /** Whether Optuna leaves {@code high} as it is. */
  private boolean isReadAsWritten() {
    BigDecimal range = text(high).subtract(text(low), PYTHON);
    return range.remainder(text(step)).signum() == 0;
  }

  /** The shortest decimal that is read as this double, of several the nearest: Python's text. */
  private static BigDecimal text(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() == number) {
        return shorter;
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
  }
}
