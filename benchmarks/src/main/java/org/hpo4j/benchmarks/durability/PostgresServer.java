package org.hpo4j.benchmarks.durability;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of this process, with its data on the disk that is measured. */
final class PostgresServer implements Closeable {

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts a server that syncs every commit. */
  static PostgresServer start(Path folder) throws IOException {
    return new PostgresServer(
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start());
  }

  /** Makes a database and returns its JDBC URL. */
  String newDatabase(String name) {
    query("CREATE DATABASE " + name);
    return server.getJdbcUrl("postgres", name);
  }

  /** The address of a database for Optuna. */
  String optunaUrl(String name) {
    return "postgresql+psycopg2://postgres@localhost:" + server.getPort() + "/" + name;
  }

  String version() {
    return query("SHOW server_version");
  }

  private String query(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
