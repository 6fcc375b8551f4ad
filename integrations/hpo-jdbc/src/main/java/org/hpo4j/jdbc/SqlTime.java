package org.hpo4j.jdbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as Optuna 5 keeps them in tables: UTC without a zone, with microseconds. */
final class SqlTime {

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private static final int SECONDS_END = 19;
  private static final int MOST_FRACTION_DIGITS = 9;

  private SqlTime() {}

  /** A time as it can be kept. */
  static Instant kept(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  static LocalDateTime utc(Instant time) {
    return LocalDateTime.ofInstant(kept(time), ZoneOffset.UTC);
  }

  static String text(Instant time) {
    return WRITTEN.format(utc(time));
  }

  /**
   * The time of a column's text: to the second, with or without a fraction of up to nine digits.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Optional<Instant> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a time must be such as 2026-11-22 17:09:33.453190, got '" + text + "'", e);
    }
  }

  /** By hand: a formatter takes as long as all else that is read of a trial. */
  private static LocalDateTime read(String text) {
    boolean fits =
        text.length() >= SECONDS_END
            && isAt(text, 4, "-")
            && isAt(text, 7, "-")
            && isAt(text, 10, " T")
            && isAt(text, 13, ":")
            && isAt(text, 16, ":")
            && (text.length() == SECONDS_END || isAt(text, SECONDS_END, "."));
    if (!fits) {
      throw new DateTimeException("no time");
    }
    return LocalDateTime.of(
        digits(text, 0, 4),
        digits(text, 5, 7),
        digits(text, 8, 10),
        digits(text, 11, 13),
        digits(text, 14, 16),
        digits(text, 17, SECONDS_END),
        nanos(text));
  }

  private static boolean isAt(String text, int index, String allowed) {
    return allowed.indexOf(text.charAt(index)) >= 0;
  }

  private static int nanos(String text) {
    if (text.length() == SECONDS_END) {
      return 0;
    }
    int from = SECONDS_END + 1;
    int nanos = digits(text, from, text.length());
    for (int i = text.length() - from; i < MOST_FRACTION_DIGITS; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int digits(String text, int from, int to) {
    if (from == to || to - from > MOST_FRACTION_DIGITS) {
      throw new DateTimeException("too few or too many digits");
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("not a digit: " + text.charAt(i));
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
