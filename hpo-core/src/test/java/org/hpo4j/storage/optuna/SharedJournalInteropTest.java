package org.hpo4j.storage.optuna;

import java.nio.file.Path;
import org.hpo4j.interop.OptunaPeer;
import org.hpo4j.interop.SharedStudyContract;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A journal that Java and Python write at the same time. */
@Tag("interop")
class SharedJournalInteropTest extends SharedStudyContract {

  private final Path journal;

  SharedJournalInteropTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal.log");
  }

  @Override
  protected Storage open() {
    return JournalStorage.open(journal);
  }

  @Override
  protected OptunaPeer optuna() {
    return new OptunaPeer(journal.toString());
  }
}
