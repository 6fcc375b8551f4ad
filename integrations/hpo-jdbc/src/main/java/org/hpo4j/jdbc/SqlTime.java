package org.hpo4j.jdbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as Optuna 5 keeps them in tables: UTC without a zone, with microseconds. */
final class SqlTime {

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd[ ]['T']HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();

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
   * The time of a column's text.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Optional<Instant> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDateTime.parse(text, READ).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a time must be such as 2026-11-22 17:09:33.453190, got '" + text + "'", e);
    }
  }
}
