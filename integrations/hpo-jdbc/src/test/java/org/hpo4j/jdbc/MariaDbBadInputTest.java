package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.hpo4j.storage.StorageException;
import org.junit.jupiter.api.Test;

/** Bad input for MariaDB. */
class MariaDbBadInputTest extends BadInputContract {

  private final String url = MariaDbServer.newDatabase();

  @Override
  String url() {
    return url;
  }

  @Test
  void aLockUnderWhichOthersMakeTablesIsWaitedForAndNamed() throws SQLException {
    JdbcStorage.Builder builder = JdbcStorage.builder(url).patience(Duration.ofMillis(100));
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute("SELECT GET_LOCK(" + MariaDbDialect.SCHEMA_LOCK + ", 0)");
      assertThatThrownBy(builder::open)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another connection holds the server's lock 'hpo4j schema'");
      assertThatThrownBy(() -> execute("SELECT 1 FROM studies")).isInstanceOf(SQLException.class);
    }
    builder.open().close();
  }

  @Override
  int longestAttribute() {
    return 65_535;
  }
}
