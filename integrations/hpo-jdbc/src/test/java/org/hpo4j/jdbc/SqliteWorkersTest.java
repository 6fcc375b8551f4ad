package org.hpo4j.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Several workers on one file of SQLite. */
class SqliteWorkersTest extends WorkersContract {

  private final String url;

  SqliteWorkersTest(@TempDir Path folder) {
    url = "jdbc:sqlite:" + folder.resolve("studies.db");
  }

  @Override
  String url() {
    return url;
  }
}
