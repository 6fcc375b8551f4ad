package org.hpo4j.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Bad input for SQLite. */
class SqliteBadInputTest extends BadInputContract {

  private final String url;

  SqliteBadInputTest(@TempDir Path folder) {
    url = "jdbc:sqlite:" + folder.resolve("studies.db");
  }

  @Override
  String url() {
    return url;
  }
}
