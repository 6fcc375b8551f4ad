package org.hpo4j.study;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Numbers and times as a person reads them. */
final class NumberText {

  /** Enough to tell trials apart, few enough to take in at a glance. */
  private static final int USUAL_DIGITS = 4;

  private static final int MOST_DECIMALS = 12;
  private static final double SMALLEST_PLAIN = 1e-4;
  private static final double LARGEST_PLAIN = 1e7;

  private NumberText() {}

  /** A number with four significant digits, or all digits of its integer part if it has more. */
  static String of(double x) {
    if (!Double.isFinite(x)) {
      return nonFinite(x);
    }
    if (!isPlain(x)) {
      return scientific(x, USUAL_DIGITS);
    }
    BigDecimal rounded = BigDecimal.valueOf(x).round(new MathContext(USUAL_DIGITS));
    if (rounded.scale() <= 0) {
      rounded = BigDecimal.valueOf(x).setScale(0, RoundingMode.HALF_EVEN);
    }
    return stripped(rounded);
  }

  /**
   * Numbers of one column: all with as many decimals as the largest needs for four digits, and with
   * more if different numbers would look the same.
   */
  static List<String> column(List<Double> numbers) {
    double[] finite = numbers.stream().mapToDouble(x -> x).filter(Double::isFinite).toArray();
    long distinct = DoubleStream.of(finite).distinct().count();
    double largest = DoubleStream.of(finite).map(Math::abs).max().orElse(0);
    if (isPlain(largest)) {
      int integerDigits = largest == 0 ? 1 : (int) Math.floor(Math.log10(largest)) + 1;
      int first = Math.max(0, USUAL_DIGITS - integerDigits);
      for (int decimals = first; decimals <= MOST_DECIMALS; decimals++) {
        int places = decimals;
        if (DoubleStream.of(finite).mapToObj(x -> fixed(x, places)).distinct().count()
            == distinct) {
          return numbers.stream().map(x -> fixed(x, places)).toList();
        }
      }
    }
    for (int digits = USUAL_DIGITS; digits < 17; digits++) {
      int count = digits;
      if (DoubleStream.of(finite).mapToObj(x -> scientific(x, count)).distinct().count()
          == distinct) {
        return numbers.stream().map(x -> scientific(x, count)).toList();
      }
    }
    return numbers.stream().map(x -> Double.toString(x)).toList();
  }

  /** A duration with its two largest units: 45 ms, 3.2 s, 4 min 10 s, 2 h 5 min, 3 d 4 h. */
  static String of(Duration duration) {
    double seconds = duration.toMillis() / 1e3;
    if (seconds < 0.9995) {
      return duration.toMillis() + " ms";
    }
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return two(whole / 60, "min", whole % 60, "s");
    }
    long minutes = Math.round(seconds / 60);
    if (minutes < 24 * 60) {
      return two(minutes / 60, "h", minutes % 60, "min");
    }
    long hours = Math.round(seconds / 3600);
    return two(hours / 24, "d", hours % 24, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String text = large + " " + largeUnit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }

  private static boolean isPlain(double x) {
    return x == 0 || (Math.abs(x) >= SMALLEST_PLAIN && Math.abs(x) < LARGEST_PLAIN);
  }

  private static String fixed(double x, int decimals) {
    return Double.isFinite(x)
        ? BigDecimal.valueOf(x).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
        : nonFinite(x);
  }

  private static String scientific(double x, int digits) {
    return Double.isFinite(x)
        ? String.format(Locale.ROOT, "%." + (digits - 1) + "e", x)
        : nonFinite(x);
  }

  private static String nonFinite(double x) {
    return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  }

  private static String stripped(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
