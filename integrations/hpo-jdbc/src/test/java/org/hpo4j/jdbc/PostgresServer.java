package org.hpo4j.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server that lasts as long as this process. */
final class PostgresServer {

  /** Of the user {@code guarded}; all others need none. */
  static final String PASSWORD = "open/sesame&1";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static final EmbeddedPostgres SERVER = start();

  private PostgresServer() {}

  private static EmbeddedPostgres start() {
    try {
      Path access = Files.createTempFile("pg_hba", ".conf");
      access.toFile().deleteOnExit();
      Files.writeString(
          access,
          """
          host all guarded 127.0.0.1/32 scram-sha-256
          host all all 127.0.0.1/32 trust
          local all all trust
          """);
      return EmbeddedPostgres.builder()
          .setServerConfig("hba_file", access.toString())
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("no PostgreSQL", e);
    }
  }

  /** The URL of a new database. */
  static String newDatabase() {
    String name = "hpo" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name);
    return SERVER.getJdbcUrl("postgres", name);
  }

  /** The URL of a new database for the user {@code guarded}, who needs the password. */
  static String newGuardedDatabase() {
    String name = "hpo" + DATABASES.incrementAndGet();
    execute(
        "DO $$ BEGIN CREATE ROLE guarded LOGIN PASSWORD '"
            + PASSWORD
            + "'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    execute("CREATE DATABASE " + name + " OWNER guarded");
    return "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + name;
  }

  /** Runs a statement as the superuser, in the database {@code postgres}. */
  static void execute(String sql) {
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
