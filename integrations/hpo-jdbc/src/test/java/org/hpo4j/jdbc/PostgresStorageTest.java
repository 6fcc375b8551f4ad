package org.hpo4j.jdbc;

import org.hpo4j.contract.StorageContract;
import org.hpo4j.storage.Storage;
import org.junit.jupiter.api.AfterEach;

/** The contract in PostgreSQL. */
class PostgresStorageTest extends StorageContract {

  private final JdbcStorage storage = JdbcStorage.open(PostgresServer.newDatabase());

  @Override
  protected Storage storage() {
    return storage;
  }

  @AfterEach
  void close() {
    storage.close();
  }
}
