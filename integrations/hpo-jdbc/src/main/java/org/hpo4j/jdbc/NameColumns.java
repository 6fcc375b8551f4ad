package org.hpo4j.jdbc;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which characters the columns of names can hold. In MariaDB, tables that another program has made
 * have the character set of the server, which may be {@code latin1}. Values need none but ASCII,
 * since they are JSON.
 *
 * @param narrow the character sets of the columns that cannot hold all, by table and column
 */
record NameColumns(Map<Column, String> narrow) {

  /** A column of names. */
  record Column(String table, String name) {}

  /** Those that can hold all characters. */
  static final NameColumns ALL = new NameColumns(Map.of());

  static final Column STUDY = new Column("studies", "study_name");
  static final Column PARAMETER = new Column("trial_params", "param_name");

  private static final List<String> TABLES_WITH_KEYS =
      List.of(
          "study_user_attributes",
          "study_system_attributes",
          "trial_user_attributes",
          "trial_system_attributes");

  private static final Set<String> WHOLE_UNICODE = Set.of("utf8mb4", "utf16", "utf16le", "utf32");

  /** Unicode without what needs two chars in Java. */
  private static final Set<String> FIRST_PLANE = Set.of("utf8mb3", "utf8", "ucs2");

  /** Those of MariaDB that Java has under another name. */
  private static final Map<String, String> IN_JAVA =
      Map.of(
          "latin1", "windows-1252",
          "latin7", "ISO-8859-13",
          "koi8r", "KOI8-R",
          "koi8u", "KOI8-U",
          "ascii", "US-ASCII");

  /** The column with the keys of a table of attributes. */
  static Column keysOf(String table) {
    return new Column(table, "key");
  }

  /** Looks up the columns of MariaDB. */
  static NameColumns read(Connection connection) throws SQLException {
    Map<Column, String> narrow = new HashMap<>();
    String sql =
        "SELECT table_name, column_name, character_set_name FROM information_schema.columns WHERE"
            + " table_schema = DATABASE() AND character_set_name IS NOT NULL";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Column column = new Column(rows.getString(1), rows.getString(2));
        String charset = rows.getString(3).toLowerCase(Locale.ROOT);
        if (isOfNames(column) && !WHOLE_UNICODE.contains(charset)) {
          narrow.put(column, charset);
        }
      }
    }
    return new NameColumns(Map.copyOf(narrow));
  }

  private static boolean isOfNames(Column column) {
    return column.equals(STUDY)
        || column.equals(PARAMETER)
        || (column.name().equals("key") && TABLES_WITH_KEYS.contains(column.table()));
  }

  /** Whether a column can hold a name. */
  boolean canHold(Column column, String name) {
    return firstForeign(name, narrow.getOrDefault(column, "utf8mb4")).isEmpty();
  }

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException if the column cannot hold it
   */
  void require(String what, Column column, String name) {
    String charset = narrow.getOrDefault(column, "utf8mb4");
    OptionalInt foreign = firstForeign(name, charset);
    if (foreign.isPresent()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s name must have characters of the character set %s only, which the column %s.%s"
                  + " has, got U+%04X in '%s'; the program that made the tables has left it to the"
                  + " server; ALTER TABLE %s CONVERT TO CHARACTER SET utf8mb4 makes room for all,"
                  + " once the storage is opened again",
              what,
              charset,
              column.table(),
              column.name(),
              foreign.getAsInt(),
              name,
              column.table()));
    }
  }

  /** The first character that a set does not have, or may not have, since Java does not know it. */
  private static OptionalInt firstForeign(String name, String charset) {
    if (WHOLE_UNICODE.contains(charset)) {
      return OptionalInt.empty();
    }
    if (FIRST_PLANE.contains(charset)) {
      return name.codePoints().filter(Character::isSupplementaryCodePoint).findFirst();
    }
    Optional<Charset> known = charset(IN_JAVA.getOrDefault(charset, charset));
    CharsetEncoder encoder = known.orElse(StandardCharsets.US_ASCII).newEncoder();
    return name.codePoints().filter(c -> !encoder.canEncode(Character.toString(c))).findFirst();
  }

  private static Optional<Charset> charset(String name) {
    return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
  }
}
