package org.hpo4j.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Short statements. */
final class Sql {

  private Sql() {}

  /** Runs a statement with parameters and returns how many rows it changed. */
  static int update(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, 1, parameters);
      return statement.executeUpdate();
    }
  }

  /** Whether a query has a row. */
  static boolean exists(Connection connection, String sql, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, 1, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** Binds texts, integers and doubles, and returns the index after them. */
  static int bind(PreparedStatement statement, int from, @Nullable Object... parameters)
      throws SQLException {
    int index = from;
    for (Object parameter : parameters) {
      if (parameter instanceof Integer n) {
        statement.setInt(index++, n);
      } else if (parameter instanceof Long n) {
        statement.setLong(index++, n);
      } else if (parameter instanceof Double n) {
        statement.setDouble(index++, n);
      } else if (parameter == null) {
        statement.setNull(index++, Types.DOUBLE);
      } else {
        statement.setString(index++, parameter.toString());
      }
    }
    return index;
  }
}
