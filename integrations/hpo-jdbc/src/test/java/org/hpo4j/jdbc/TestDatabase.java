package org.hpo4j.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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

  /** The numbers in the first column of what a query gives. */
  static List<Integer> ints(String url, String query) throws SQLException {
    return texts(url, query).stream().map(Integer::valueOf).toList();
  }

  /** The same as texts. */
  static List<String> texts(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
