package org.hpo4j.storage;

class InMemoryStorageTest extends StorageContract {

  @Override
  Storage storage() {
    return Storage.inMemory();
  }
}
