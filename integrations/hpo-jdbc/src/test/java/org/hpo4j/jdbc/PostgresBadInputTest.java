package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.hpo4j.storage.StorageException;
import org.junit.jupiter.api.Test;

/** Bad input for PostgreSQL. */
class PostgresBadInputTest extends BadInputContract {

  private final String url = PostgresServer.newDatabase();

  @Override
  String url() {
    return url;
  }

  @Test
  void aUserWhoMayNotMakeTablesLearnsWhoHasTo() throws SQLException {
    String reader = "reader";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      statement.execute("CREATE ROLE " + reader + " LOGIN");
    }
    assertThatThrownBy(() -> JdbcStorage.open(url.replace("user=postgres", "user=" + reader)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("a user with the right to create tables has to open it once")
        .hasMessageContaining("permission denied");
  }
}
