package org.hpo4j.examples.documents;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;

/** The journals of all tuners' runs, open until the whole comparison is done. */
final class Journals implements AutoCloseable {
  private final Deque<Storage> open = new ArrayDeque<>();

  Storage open(Path file) {
    Storage journal = JournalStorage.open(file);
    open.push(journal);
    return journal;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
