package org.hpo4j.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases, for tests whose promise is one for all of them. */
enum TestDatabase {
  SQLITE,
  POSTGRESQL,
  MARIADB;

  /** The URL of a new database; a file's is in the folder. */
  String create(Path folder) {
    return switch (this) {
      case SQLITE -> "jdbc:sqlite:" + folder.resolve("studies.db");
      case POSTGRESQL -> PostgresServer.newDatabase();
      case MARIADB -> MariaDbServer.newDatabase();
    };
  }

  /** Does to a database what another program might. */
  static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
