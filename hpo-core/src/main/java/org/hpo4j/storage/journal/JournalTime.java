package org.hpo4j.storage.journal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as Optuna 5 writes them: UTC with six digits and {@code +00:00}. */
final class JournalTime {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  private static final int SECONDS_PER_DAY = 86_400;

  private static final String PATTERN = "0000-00-00T00:00:00.000000+00:00";

  private JournalTime() {}

  static String format(Instant time) {
    long second = time.getEpochSecond();
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
    if (day.getYear() < 0 || day.getYear() > 9999) {
      return FORMAT.format(time);
    }
    int ofDay = Math.floorMod(second, SECONDS_PER_DAY);
    char[] text = PATTERN.toCharArray();
    put(text, 0, 4, day.getYear());
    put(text, 5, 7, day.getMonthValue());
    put(text, 8, 10, day.getDayOfMonth());
    put(text, 11, 13, ofDay / 3600);
    put(text, 14, 16, ofDay / 60 % 60);
    put(text, 17, 19, ofDay % 60);
    put(text, 20, 26, time.getNano() / 1000);
    return new String(text);
  }

  private static void put(char[] text, int from, int to, int number) {
    int rest = number;
    for (int i = to - 1; i >= from; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * The time of a text. One without an offset, which Optuna 4 writes, is in the local zone, which
   * is how Optuna itself understands it.
   *
   * @throws IllegalArgumentException if it is no time
   */
  static Instant parse(String text) {
    try {
      if (isPlain(text)) {
        long day =
            LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
        int second = 3600 * number(text, 11, 13) + 60 * number(text, 14, 16) + number(text, 17, 19);
        return Instant.ofEpochSecond(SECONDS_PER_DAY * day + second, 1_000L * number(text, 20, 26));
      }
      boolean hasZone = text.endsWith("Z") || text.lastIndexOf('+') > 10 || hasMinus(text);
      return hasZone
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a time must be ISO-8601 such as 2026-11-22T17:09:33.453190+00:00, got '" + text + "'",
          e);
    }
  }

  private static boolean hasMinus(String text) {
    return text.lastIndexOf('-') > 10;
  }

  /** Whether the text has the form that is parsed by hand, which opens long studies faster. */
  private static boolean isPlain(String text) {
    if (text.length() != PATTERN.length()) {
      return false;
    }
    for (int i = 0; i < 26; i++) {
      char c = text.charAt(i);
      char p = PATTERN.charAt(i);
      if (p == '0' ? c < '0' || c > '9' : c != p) {
        return false;
      }
    }
    return text.endsWith("+00:00") && number(text, 11, 13) < 24;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + (text.charAt(i) - '0');
    }
    return number;
  }
}
