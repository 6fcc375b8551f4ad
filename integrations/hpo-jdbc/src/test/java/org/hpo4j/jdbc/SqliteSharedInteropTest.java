package org.hpo4j.jdbc;

import java.nio.file.Path;
import org.hpo4j.interop.OptunaPeer;
import org.hpo4j.interop.SharedStudyContract;
import org.hpo4j.storage.Storage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A study in SQLite that Java and Python write at the same time. */
@Tag("interop")
class SqliteSharedInteropTest extends SharedStudyContract {

  private final String url;

  SqliteSharedInteropTest(@TempDir Path folder) {
    this.url = "jdbc:sqlite:" + folder.resolve("studies.db");
  }

  @Override
  protected Storage open() {
    return JdbcStorage.open(url);
  }

  @Override
  protected OptunaPeer optuna() {
    return new OptunaPeer(OptunaUrl.of(url));
  }

  /** Optuna claims trials in SQLite without a lock, so that they may be done twice. */
  @Override
  protected int waiting() {
    return 0;
  }
}
