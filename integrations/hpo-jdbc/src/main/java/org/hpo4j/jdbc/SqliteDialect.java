package org.hpo4j.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.hpo4j.storage.StorageException;
import org.jspecify.annotations.Nullable;

/** SQLite in WAL mode, where every commit reaches the disk. Its clock is the machine's. */
final class SqliteDialect extends Dialect {

  /** How long to wait between looks for the lock. */
  private static final long FIRST_PAUSE_NANOS = 200_000;

  private static final long LONGEST_PAUSE_NANOS = 3_000_000;

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int CONSTRAINT = 19;

  SqliteDialect(DatabaseUrl url) {
    String options = url.text().toLowerCase(Locale.ROOT);
    if (url.path().isEmpty()
        || url.path().startsWith(":memory:")
        || options.contains("mode=memory")
        || options.contains("vfs=memdb")) {
      throw new IllegalArgumentException(
          "url must name a file, as in jdbc:sqlite:studies.db, got "
              + url
              + "; for a study in memory use Storage.inMemory()");
    }
  }

  @Override
  void requireReachable(DatabaseUrl url) {
    Path folder = Path.of(url.path()).toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new StorageException(url + ": cannot be opened: there is no folder " + folder);
    }
    // Also for reading: others that use the file are told of beside it.
    if (folder != null && !Files.isWritable(folder)) {
      throw new StorageException(
          url + ": cannot be opened: the folder " + folder + " cannot be written to");
    }
  }

  @Override
  void configure(HikariConfig config, Duration silence) {
    config.addDataSourceProperty("journal_mode", "WAL");
    config.addDataSourceProperty("synchronous", "FULL");
    config.addDataSourceProperty("busy_timeout", Long.toString(LOCK_MILLIS));
  }

  /**
   * The driver's own way would begin the next transaction, and lock, right after a commit. SQLite
   * itself would look for the lock ever seldomer, and hardly ever find it free where another
   * process begins one transaction after the other.
   */
  @Override
  void begin(Connection connection) throws SQLException {
    execute(connection, "PRAGMA busy_timeout = 0");
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      try {
        execute(connection, "BEGIN IMMEDIATE");
        return;
      } catch (SQLException e) {
        long waited = System.nanoTime() - start;
        if ((e.getErrorCode() & 0xff) != BUSY || waited > LOCK_MILLIS * 1_000_000L) {
          throw e;
        }
      }
      // An interrupt must not keep what a trial has found from being recorded.
      boolean interrupted = Thread.interrupted();
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause / 2, pause));
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
  }

  @Override
  void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  void rollback(Connection connection) throws SQLException {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      // Some errors, such as a full disk, end the transaction by themselves.
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  Failure ofCode(SQLException e, String state) {
    return switch (e.getErrorCode() & 0xff) {
      case BUSY, LOCKED -> Failure.CONFLICT;
      case CONSTRAINT -> Failure.DUPLICATE;
      default -> Failure.FATAL;
    };
  }

  @Override
  String key() {
    return "\"key\"";
  }

  @Override
  String now() {
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
  }

  @Override
  String asText(String column) {
    return column;
  }

  /** A transaction that writes has the whole file. */
  @Override
  String forUpdate() {
    return "";
  }

  @Override
  String skipLocked() {
    return "";
  }

  @Override
  void bindTime(PreparedStatement statement, int index, Optional<Instant> time)
      throws SQLException {
    @Nullable String text = time.map(SqlTime::text).orElse(null);
    statement.setString(index, text);
  }

  @Override
  List<String> schema() {
    return SchemaText.of("INTEGER NOT NULL", key(), "FLOAT", "DATETIME", "", SchemaText::varchar);
  }

  @Override
  boolean reusesIds() {
    return true;
  }

  /** Whoever deletes a study or a trial, what we keep under its id must not meet the next one. */
  @Override
  List<String> own() {
    List<String> statements = new ArrayList<>(SchemaText.own(""));
    statements.add(
        "CREATE TABLE IF NOT EXISTS hpo4j_deletions (study_id INTEGER NOT NULL, deletions INTEGER"
            + " NOT NULL, PRIMARY KEY (study_id))");
    statements.add(
        "CREATE TRIGGER IF NOT EXISTS hpo4j_study_deleted AFTER DELETE ON studies BEGIN INSERT INTO"
            + " hpo4j_deletions (study_id, deletions) VALUES (OLD.study_id, 1) ON CONFLICT"
            + " (study_id) DO UPDATE SET deletions = deletions + 1; END");
    statements.add(
        "CREATE TRIGGER IF NOT EXISTS hpo4j_trial_deleted AFTER DELETE ON trials BEGIN DELETE FROM"
            + " hpo4j_leases WHERE trial_id = OLD.trial_id; END");
    statements.add("DELETE FROM hpo4j_leases WHERE trial_id NOT IN (SELECT trial_id FROM trials)");
    return statements;
  }

  @Override
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(SchemaText.NAMES);
    names.addAll(List.of("hpo4j_deletions", "hpo4j_study_deleted", "hpo4j_trial_deleted"));
    return names;
  }

  @Override
  String namesQuery() {
    return "SELECT name FROM sqlite_master";
  }

  @Override
  void lockSchema(Connection connection) {
    // The transaction has the whole file.
  }
}
