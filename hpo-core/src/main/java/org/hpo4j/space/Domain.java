package org.hpo4j.space;

/**
 * The set of values that a parameter may take, with the law by which a value is drawn before
 * anything is known.
 *
 * <p>Every value has a <em>code</em>, the {@code double} that histories and storages keep: a real
 * or an integer is its own code, a choice is coded by its position, counted from 0. Samplers work
 * in <em>unit space</em>: {@link #toUnit} is the cumulative distribution function of the domain's
 * law, so that a draw from any domain is uniform on [0, 1] there. A value of a discrete domain owns
 * a cell of unit space as wide as its probability; a value of a continuous one is a point.
 *
 * @param <T> the type of the values
 */
public sealed interface Domain<T>
    permits RealDomain, IntegerDomain, CategoricalDomain, OrdinalDomain {

  /** What {@link #cardinality} answers for a domain that cannot be enumerated. */
  long UNCOUNTABLE = Long.MAX_VALUE;

  /**
   * The value of a code.
   *
   * @throws IllegalArgumentException if the domain does not contain the code
   */
  T decode(double code);

  /**
   * The code of a value.
   *
   * @param value a member; numbers of any type and, for choices, the label are accepted too
   * @throws IllegalArgumentException if the value is not in the domain, saying what is
   */
  double encode(Object value);

  /** Whether the code stands for a value of this domain. */
  boolean contains(double code);

  /** The middle of the code's cell in unit space; for a single value 0.5. */
  double toUnit(double code);

  /** The lower edge of the code's cell in unit space; the point itself where continuous. */
  double cellLow(double code);

  /** The upper edge of the code's cell in unit space; the point itself where continuous. */
  double cellHigh(double code);

  /**
   * The code at a place of unit space: the inverse of {@link #toUnit} up to rounding.
   *
   * @param u a number; those outside [0, 1] count as the nearer end
   */
  double fromUnit(double u);

  /** How many values there are, or {@link #UNCOUNTABLE}. */
  long cardinality();

  /**
   * The code of the {@code index}-th value in ascending order.
   *
   * @throws IllegalArgumentException if the domain is not countable or has no such value
   */
  double codeAt(long index);

  /** Whether the values have no order (so that a distance between codes means nothing). */
  default boolean isNominal() {
    return false;
  }

  /** Whether values are points of unit space rather than cells. */
  default boolean isContinuous() {
    return false;
  }

  /** The value of a code as text that is unique in the domain and the same in every process. */
  String label(double code);

  /** The domain in the words of its factory, such as {@code uniform(0.0, 1.0)}. */
  String describe();
}
