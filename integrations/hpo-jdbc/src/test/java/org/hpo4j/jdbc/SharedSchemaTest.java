package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;

/**
 * Tables that Optuna makes at the same moment, in its way: all in one transaction, their version in
 * another one, without a lock.
 */
class SharedSchemaTest {

  private final String url = PostgresServer.newDatabase();

  @Test
  void areJoined() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection optuna = DriverManager.getConnection(url);
        Statement statement = optuna.createStatement()) {
      optuna.setAutoCommit(false);
      for (String sql : new PostgresDialect().schema()) {
        if (!sql.contains("alembic_version")) {
          statement.execute(sql);
        }
      }
      Future<JdbcStorage> opening = thread.submit(() -> JdbcStorage.open(url));
      // It sees no table and makes its first type, of a name that may be taken.
      while (!isBlocked()) {
        Thread.onSpinWait();
      }
      optuna.commit();
      // The transaction of the first one has failed, and the next ones see tables without a
      // version.
      while (isBlocked()) {
        Thread.onSpinWait();
      }
      statement.execute("INSERT INTO version_info VALUES (1, 12, '5.0.0')");
      optuna.commit();
      statement.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)");
      statement.execute("INSERT INTO alembic_version VALUES ('v3.2.0.a')");
      optuna.commit();

      try (JdbcStorage storage = opening.get()) {
        storage.create("study", List.of(Direction.MINIMIZE));
        assertThat(storage.studyNames()).containsExactly("study");
      }
    } finally {
      thread.shutdown();
    }
  }

  /** Whether a session waits for another one's transaction. */
  private boolean isBlocked() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return Sql.exists(
          connection,
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type ="
              + " 'Lock'");
    }
  }
}
