package org.hpo4j.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of a test's own, which can crash and come back. */
final class CrashingPostgres implements AutoCloseable {

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private CrashingPostgres(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
    this.port = server.getPort();
  }

  static CrashingPostgres start(Path folder) throws IOException {
    Path data = folder.resolve("data");
    return new CrashingPostgres(data, builder(data).start());
  }

  private static EmbeddedPostgres.Builder builder(Path data) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "400");
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** Ends all of the server's processes without a word to its clients, and starts it again. */
  void crash() throws IOException, InterruptedException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    Signal.QUIT.send(pid);
    while (ProcessHandle.of(pid).isPresent()) {
      Thread.sleep(10);
    }
    // There is nothing left to stop, but this object has a lock on the folder.
    server.close();
    server = builder(data).setPort(port).start();
  }

  /** Cuts each connection with this probability, in percent; returns how many were. */
  int cut(int percent) {
    return (int)
        count(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE backend_type ="
                + " 'client backend' AND pid <> pg_backend_pid() AND random() * 100 < "
                + percent);
  }

  /** The number that a query returns. */
  long count(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
