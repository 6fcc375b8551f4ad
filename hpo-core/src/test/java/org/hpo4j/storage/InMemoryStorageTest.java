package org.hpo4j.storage;

import org.hpo4j.contract.StorageContract;

class InMemoryStorageTest extends StorageContract {

  @Override
  protected Storage storage() {
    return Storage.inMemory();
  }
}
