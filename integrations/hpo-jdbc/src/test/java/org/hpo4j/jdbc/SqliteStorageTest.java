package org.hpo4j.jdbc;

import java.nio.file.Path;
import org.hpo4j.contract.StorageContract;
import org.hpo4j.storage.Storage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract in SQLite. */
class SqliteStorageTest extends StorageContract {

  private final JdbcStorage storage;

  SqliteStorageTest(@TempDir Path folder) {
    storage = JdbcStorage.open("jdbc:sqlite:" + folder.resolve("studies.db"));
  }

  @Override
  protected Storage storage() {
    return storage;
  }

  @AfterEach
  void close() {
    storage.close();
  }
}
