package org.hpo4j.space;

/**
 * Integers on a grid anchored at the lower bound: low, low + step, ..., at most high. The upper
 * bound itself belongs to the domain only if it lies on the grid.
 *
 * <p>All values are equally likely; on a logarithmic scale, which takes step 1 only, an integer n
 * has the log-uniform probability of [n - 1/2, n + 1/2].
 *
 * @param low the lowest value; at least 1 on a logarithmic scale
 * @param high the upper bound, at least low
 * @param step the distance of neighbours, at least 1 and at most {@code high - low}, unless low and
 *     high are equal
 * @param log whether the scale is logarithmic
 */
public record IntegerDomain(int low, int high, int step, boolean log) implements Domain<Integer> {

  /** Checks the bounds and cuts {@code high} to the grid. */
  public IntegerDomain {
    if (low > high) {
      throw new IllegalArgumentException(
          describe(low, high, step, log)
              + ": low must be at most high, got low "
              + low
              + " > high "
              + high);
    }
    if (step < 1) {
      throw new IllegalArgumentException(
          describe(low, high, step, log) + ": the step must be at least 1, got " + step);
    }
    if (step > (long) high - low && high > low) {
      throw new IllegalArgumentException(
          describe(low, high, step, log)
              + ": the step "
              + step
              + " is larger than the range "
              + ((long) high - low));
    }
    if (log && low < 1) {
      throw new IllegalArgumentException(
          describe(low, high, step, log) + ": a logarithmic scale needs low >= 1, got " + low);
    }
    if (log && step != 1) {
      throw new IllegalArgumentException(
          describe(low, high, step, log) + ": a logarithmic scale takes step 1 only, got " + step);
    }
    high = (int) (low + ((long) high - low) / step * step);
  }

  @Override
  public Integer decode(double code) {
    if (!contains(code)) {
      throw new IllegalArgumentException(code + " is not in " + describe());
    }
    return (int) code;
  }

  @Override
  public double encode(Object value) {
    if (value instanceof Number number && contains(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        (value instanceof String ? "the text '" + value + "'" : value)
            + " is not in "
            + describe());
  }

  @Override
  public boolean contains(double code) {
    return code >= low && code <= high && code == Math.rint(code) && (code - low) % step == 0;
  }

  @Override
  public double toUnit(double code) {
    return 0.5 * (cellLow(code) + cellHigh(code));
  }

  @Override
  public double cellLow(double code) {
    return log ? law().cumulative(code - 0.5) : (code - low) / step / cardinality();
  }

  @Override
  public double cellHigh(double code) {
    return log ? law().cumulative(code + 0.5) : ((code - low) / step + 1) / cardinality();
  }

  @Override
  public double fromUnit(double u) {
    double inside = Law.clamp(u, 0, 1);
    if (log) {
      return Law.clamp(Math.rint(law().quantile(inside)), low, high);
    }
    double index = Math.min(Math.floor(inside * cardinality()), cardinality() - 1.0);
    return low + index * step;
  }

  private Law law() {
    return new Law.LogUniform(low - 0.5, high + 0.5);
  }

  @Override
  public long cardinality() {
    return ((long) high - low) / step + 1;
  }

  @Override
  public double codeAt(long index) {
    if (index < 0 || index >= cardinality()) {
      throw new IllegalArgumentException(describe() + " has no value at index " + index);
    }
    return low + (double) index * step;
  }

  @Override
  public String label(double code) {
    return Long.toString((long) code);
  }

  @Override
  public String describe() {
    return describe(low, high, step, log);
  }

  private static String describe(int low, int high, int step, boolean log) {
    if (log) {
      return "logInteger(" + low + ", " + high + (step == 1 ? ")" : ", " + step + ")");
    }
    return "integer(" + low + ", " + high + (step == 1 ? ")" : ", " + step + ")");
  }

  @Override
  public String toString() {
    return describe();
  }
}
