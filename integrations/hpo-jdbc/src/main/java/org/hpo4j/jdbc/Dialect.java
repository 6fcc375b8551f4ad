package org.hpo4j.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In what the databases differ. */
abstract class Dialect {

  /** What an error of the database asks for. */
  enum Failure {
    /** Another transaction was in the way: try again. */
    CONFLICT,
    /** The database does not answer: wait until it does. */
    AWAY,
    /** It can be read and no more, for good or until another server has taken over. */
    READ_ONLY,
    /** A row of that key, or a table of that name, exists. */
    DUPLICATE,
    /** Trying again would not help. */
    FATAL
  }

  /** So long a statement waits for a lock. Longer waits are for the retries, which have a limit. */
  static final long LOCK_MILLIS = 2_000;

  /**
   * So long a transaction may have nothing to do, in seconds: all its statements follow one another
   * at once, so that its worker stands still, and others wait for its locks.
   */
  static final int LONGEST_IDLE_SECONDS = 5;

  static Dialect of(DatabaseUrl url) {
    return switch (url.database()) {
      case "sqlite" -> new SqliteDialect(url);
      case "postgresql" -> new PostgresDialect();
      default -> new MariaDbDialect();
    };
  }

  // ---- Connections ----

  /**
   * Checks what the driver would not tell clearly.
   *
   * @throws org.hpo4j.storage.StorageException if the database cannot be opened
   */
  void requireReachable(DatabaseUrl url) {}

  /**
   * Sets the driver's options and the pool's.
   *
   * @param silence how long an answer may take before the connection counts as broken
   */
  abstract void configure(HikariConfig config, Duration silence);

  void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  /** Also where there is no transaction. */
  void rollback(Connection connection) throws SQLException {
    connection.rollback();
  }

  /** What an error means. */
  Failure classify(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        Failure failure = ofState(sql);
        if (failure != Failure.FATAL) {
          return failure;
        }
      }
    }
    // The pool's, when all connections are in use or no new one came; its state is that of whatever
    // happened to the last one.
    return e instanceof SQLTransientConnectionException && !isRefused(e)
        ? Failure.AWAY
        : Failure.FATAL;
  }

  /** Whether the server does not let this user in, or has no such database. */
  private static boolean isRefused(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("28") || state.startsWith("3D");
  }

  private Failure ofState(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("40")) {
      return Failure.CONFLICT;
    }
    if (state.startsWith("08")) {
      return Failure.AWAY;
    }
    return ofCode(e, state);
  }

  /** What an error means that the standard does not tell of. */
  abstract Failure ofCode(SQLException e, String state);

  // ---- Statements ----

  /** How the column {@code key} is written. */
  abstract String key();

  /** The database's clock: milliseconds since 1970 as an integer. */
  abstract String now();

  /** Whether several statements can be sent as one. */
  boolean takesScripts() {
    return false;
  }

  /** A bound value that needs its type said, where the database does not see it. */
  String typed(String type, String value) {
    return value;
  }

  /** A column as text. */
  abstract String asText(String column);

  /** A column of names, to be compared with other texts letter by letter. */
  String exactly(String column) {
    return column;
  }

  /** An empty text column. */
  String noText() {
    return "NULL";
  }

  /** What makes a query lock its rows. */
  String forUpdate() {
    return " FOR UPDATE";
  }

  /** The same, passing over rows that are locked. */
  String skipLocked() {
    return " FOR UPDATE SKIP LOCKED";
  }

  /** What makes an insert replace the columns of a row of the same key. */
  String orReplace(List<String> key, List<String> assignments) {
    return " ON CONFLICT ("
        + String.join(", ", key)
        + ") DO UPDATE SET "
        + String.join(", ", assignments);
  }

  /** Whether a row was refused since the table takes its name for another one's. */
  boolean isOtherName(SQLException e) {
    return false;
  }

  /** The value that an insert would have given a column. */
  String inserted(String column) {
    return "excluded." + column;
  }

  /** A condition that a column is one of some ids, with what is bound to it. */
  record IdCondition(String sql, List<Object> parameters) {}

  /** The condition that a column is one of these. */
  IdCondition isOneOf(String column, Collection<Integer> ids) {
    String list = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new IdCondition(ids.isEmpty() ? "1 = 0" : column + " IN (" + list + ")", List.of());
  }

  /** What is bound for a number, so that it comes back as it is. */
  Object bound(double number) {
    return number;
  }

  /** Binds a time. */
  void bindTime(PreparedStatement statement, int index, Optional<Instant> time)
      throws SQLException {
    statement.setObject(index, time.map(SqlTime::utc).orElse(null));
  }

  /** Looks at the tables once they are there. */
  void inspect(Connection connection) throws SQLException {}

  /** How long texts may be, and which characters names may have. */
  TextLimits limits() {
    return new TextLimits(Integer.MAX_VALUE, NameColumns.ALL);
  }

  /** Writes rows of a kind, replacing earlier ones of the same keys. */
  String insert(Row row, int count) {
    StringJoiner columns = new StringJoiner(", ", " (", ")");
    StringJoiner values = new StringJoiner(", ", "(", ")");
    for (String column : row.columns()) {
      columns.add(column.equals("key") ? key() : column);
      values.add(value(column));
    }
    List<String> keys =
        row.columns().subList(0, 2).stream().map(c -> c.equals("key") ? key() : c).toList();
    List<String> others = row.columns().stream().skip(2).map(c -> c + " = " + inserted(c)).toList();
    StringJoiner rows = new StringJoiner(", ");
    for (int i = 0; i < count; i++) {
      rows.add(values.toString());
    }
    return "INSERT INTO " + row.table() + columns + " VALUES " + rows + orReplace(keys, others);
  }

  private String value(String column) {
    if (column.equals("value_type")) {
      return typed("trialvaluetype", "?");
    }
    if (column.equals("intermediate_value_type")) {
      return typed("trialintermediatevaluetype", "?");
    }
    return "?";
  }

  // ---- The schema ----

  /** Whether a new study or trial can get the id of one that was deleted. */
  boolean reusesIds() {
    return false;
  }

  /** The statements that make Optuna's tables, the studies' first. */
  abstract List<String> schema();

  /** The statements that make what is our own; they may be run again. */
  List<String> own() {
    return SchemaText.own("");
  }

  /** The names of what {@link #schema} and {@link #own} make. */
  Set<String> names() {
    return SchemaText.NAMES;
  }

  /** Whether a connection is to a database, where there are some to a server as a whole. */
  boolean hasDatabase(Connection connection) throws SQLException {
    return true;
  }

  /** A query for the names of all that there is. */
  abstract String namesQuery();

  /**
   * Whether another process of this library has begun to make Optuna's tables and has not come to
   * the end, so that {@link #schema} may be run again without its first statement.
   */
  boolean isHalfMade(Connection connection) throws SQLException {
    return false;
  }

  /**
   * Keeps others from making the schema at the same time, until the end of the transaction.
   *
   * @throws SQLException a {@link Failure#CONFLICT} if others have been at it for too long
   */
  abstract void lockSchema(Connection connection) throws SQLException;

  /** An error that means that something is in the way for now. */
  static SQLException conflict(String message, @Nullable SQLException cause) {
    return new SQLException(message, "40001", cause);
  }

  /** Ends what {@link #lockSchema} began. */
  void unlockSchema(Connection connection) throws SQLException {}
}
