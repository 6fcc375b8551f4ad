package org.hpo4j.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Optuna in SQLite. */
@Tag("interop")
class SqliteOptunaInteropTest extends OptunaTablesContract {

  SqliteOptunaInteropTest(@TempDir Path folder) {
    super(
        "jdbc:sqlite:" + folder.resolve("studies.db"), "jdbc:sqlite:" + folder.resolve("other.db"));
  }
}
