package org.hpo4j.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hpo4j.contract.KeptStudies;
import org.junit.jupiter.api.Test;

/**
 * Makes the files that {@link KeptDatabaseTest} opens, of this version: {@code ./mvnw -pl
 * integrations/hpo-jdbc -am test -Dtest=MakeKeptDatabase -Dhpo4j.keep=version-0.2
 * -Dsurefire.failIfNoSpecifiedTests=false}. No run of all tests includes it.
 */
class MakeKeptDatabase {

  @Test
  void makes() throws IOException, SQLException {
    Path folder = Files.createDirectories(Path.of("src/test/resources/sqlite"));
    Path file = folder.resolve(System.getProperty("hpo4j.keep") + ".db");
    String url = "jdbc:sqlite:" + file;
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      KeptStudies.fill(storage);
      Files.writeString(
          file.resolveSibling(file.getFileName() + ".canonical"), KeptStudies.canonical(storage));
    }
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              // Another worker's, whose leases never end.
              "UPDATE hpo4j_leases SET worker = '" + KeptStudies.WORKER + "' WHERE worker <> ''",
              "UPDATE hpo4j_leases SET expires_ms = 9999999999999",
              "VACUUM",
              "PRAGMA wal_checkpoint(TRUNCATE)")) {
        statement.execute(sql);
      }
    }
  }
}
