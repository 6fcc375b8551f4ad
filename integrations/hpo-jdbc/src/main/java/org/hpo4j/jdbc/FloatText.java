package org.hpo4j.jdbc;

import org.jspecify.annotations.Nullable;

/** How the tables keep numbers that are not finite: as a word beside an empty number. */
final class FloatText {

  static final String FINITE = "FINITE";

  private FloatText() {}

  /** The word of a number. */
  static String type(double value) {
    if (Double.isNaN(value)) {
      return "NAN";
    }
    return Double.isInfinite(value) ? (value > 0 ? "INF_POS" : "INF_NEG") : FINITE;
  }

  /** The number's own column. */
  static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /**
   * The number of both columns.
   *
   * @throws IllegalArgumentException if there is no such word
   */
  static double read(double number, @Nullable String type) {
    return switch (String.valueOf(type)) {
      case FINITE -> number;
      case "INF_POS" -> Double.POSITIVE_INFINITY;
      case "INF_NEG" -> Double.NEGATIVE_INFINITY;
      case "NAN" -> Double.NaN;
      default ->
          throw new IllegalArgumentException(
              "the type of a value must be FINITE, INF_POS, INF_NEG or NAN, got " + type);
    };
  }
}
