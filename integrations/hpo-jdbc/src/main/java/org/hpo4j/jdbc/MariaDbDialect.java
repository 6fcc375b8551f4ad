package org.hpo4j.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** MariaDB 10.6 or newer. */
final class MariaDbDialect extends Dialect {

  /** Of the whole server. */
  static final String SCHEMA_LOCK = "'hpo4j schema'";

  private static final int NO_OWNER = 1452;

  private static final String SUFFIX =
      " ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";

  private static final String MAKER = "made by hpo4j";

  /** Longer waits are for the retries, which have a limit of their own. */
  private static final int LOCK_SECONDS = 1;

  private static final int LONGEST_TEXT = 65_535;

  private volatile TextLimits limits = new TextLimits(LONGEST_TEXT, NameColumns.ALL);

  @Override
  void configure(HikariConfig config, Duration silence) {
    // With the default, a transaction would go on seeing what was there before it had its locks.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    String seconds = Long.toString(LOCK_MILLIS / 1000);
    config.setConnectionInitSql(
        "SET innodb_lock_wait_timeout = "
            + seconds
            + ", lock_wait_timeout = "
            + seconds
            + ", idle_transaction_timeout = "
            + LONGEST_IDLE_SECONDS);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "10000");
    config.addDataSourceProperty("socketTimeout", Long.toString(silence.toMillis()));
  }

  @Override
  Failure ofCode(SQLException e, String state) {
    return switch (e.getErrorCode()) {
      // A key, a table, an index.
      case 1062, 1050, 1061 -> Failure.DUPLICATE;
      // Waited too long for a lock; deadlock; a row was changed since it was read.
      case 1205, 1213, 1020 -> Failure.CONFLICT;
      // Shutting down, connection killed, query interrupted by that, too many connections.
      case 1053, 1927, 1317, 1040 -> Failure.AWAY;
      case 1290 -> Failure.READ_ONLY;
      default -> Failure.FATAL;
    };
  }

  @Override
  String key() {
    return "`key`";
  }

  /** Without a time zone, which a session could have another one of. */
  @Override
  String now() {
    return "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000)";
  }

  @Override
  String asText(String column) {
    return "CAST(" + column + " AS CHAR)";
  }

  /** Tables that Optuna has made compare names without their case, in a character set of theirs. */
  @Override
  String exactly(String column) {
    return "BINARY CONVERT(" + column + " USING utf8mb4)";
  }

  @Override
  String orReplace(List<String> key, List<String> assignments) {
    List<String> all = new ArrayList<>(assignments);
    if (key.contains(key()) || key.contains("param_name")) {
      all.add(sameName(key.get(0), key.get(1)));
    }
    return " ON DUPLICATE KEY UPDATE " + String.join(", ", all);
  }

  /**
   * To tables that Optuna has made, names that differ in case or in spaces at the end are one: not
   * to replace a value by that of another name, the row is given to an owner that there is not,
   * which the server refuses.
   */
  private static String sameName(String owner, String name) {
    return owner + " = IF(BINARY " + name + " = BINARY VALUES(" + name + "), " + owner + ", -1)";
  }

  @Override
  boolean isOtherName(SQLException e) {
    return e.getErrorCode() == NO_OWNER;
  }

  @Override
  String inserted(String column) {
    return "VALUES(" + column + ")";
  }

  /** As the number that the driver writes, zero would lose its sign. */
  @Override
  Object bound(double number) {
    return Double.compare(number, -0.0) == 0 ? "-0.0" : number;
  }

  @Override
  void inspect(Connection connection) throws SQLException {
    limits = new TextLimits(LONGEST_TEXT, NameColumns.read(connection));
  }

  @Override
  TextLimits limits() {
    return limits;
  }

  /**
   * Optuna's tables, but all names are told apart and times have their fraction. Each statement is
   * a transaction of its own: the first one decides who makes the tables, and says so; after it the
   * others can be run again.
   */
  @Override
  List<String> schema() {
    List<String> statements =
        SchemaText.of(
            "INTEGER NOT NULL AUTO_INCREMENT",
            key(),
            "FLOAT(53)",
            "DATETIME(6)",
            SUFFIX,
            (name, values) -> "ENUM(" + SchemaText.quoted(values) + ")");
    List<String> again = new ArrayList<>();
    again.add(statements.get(0) + " COMMENT='" + MAKER + "'");
    for (String statement : statements.subList(1, statements.size())) {
      again.add(statement.replaceFirst("^CREATE (UNIQUE INDEX|INDEX|TABLE) ", "$0IF NOT EXISTS "));
    }
    return again;
  }

  /** Whatever the server's default is: a late write may have any characters. */
  @Override
  List<String> own() {
    return SchemaText.own(SUFFIX);
  }

  @Override
  boolean hasDatabase(Connection connection) throws SQLException {
    return Sql.exists(connection, "SELECT 1 FROM DUAL WHERE DATABASE() IS NOT NULL");
  }

  @Override
  String namesQuery() {
    return "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()";
  }

  @Override
  boolean isHalfMade(Connection connection) throws SQLException {
    return Sql.exists(
        connection,
        "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name ="
            + " 'studies' AND table_comment = '"
            + MAKER
            + "'");
  }

  /** Each statement that makes a table ends a transaction, so that a lock of the session it is. */
  @Override
  void lockSchema(Connection connection) throws SQLException {
    // Null if the server could not even wait.
    String query = "SELECT GET_LOCK(" + SCHEMA_LOCK + ", " + LOCK_SECONDS + ") = 1";
    try (PreparedStatement lock = connection.prepareStatement(query);
        ResultSet row = lock.executeQuery()) {
      if (!row.next() || !row.getBoolean(1)) {
        throw conflict(
            "another connection holds the server's lock "
                + SCHEMA_LOCK
                + ", under which tables are made",
            null);
      }
    }
  }

  @Override
  void unlockSchema(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT RELEASE_LOCK(" + SCHEMA_LOCK + ")")) {
      lock.execute();
    }
  }
}
