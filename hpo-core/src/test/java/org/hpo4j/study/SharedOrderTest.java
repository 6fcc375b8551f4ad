package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hpo4j.storage.Jvm;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes that run a study in order make the study of one process. */
class SharedOrderTest {

  private static final int PROCESSES = 3;

  @ParameterizedTest
  @ValueSource(strings = {"ordered", "hyperband", "reuse"})
  void isThatOfOneProcess(String mode, @TempDir Path folder) throws Exception {
    Path journal = folder.resolve("journal.log");
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      workers.add(Jvm.start(StudyWorker.class, journal.toString(), mode, "silent"));
    }
    for (Process worker : workers) {
      assertThat(worker.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(worker.exitValue()).isZero();
    }

    Study alone = StudyWorker.run(Storage.inMemory(), mode, Optional.empty());
    try (Storage storage = JournalStorage.open(journal)) {
      Study shared = StudyWorker.run(storage, mode, Optional.empty());
      assertThat(shared.export().canonicalJson()).isEqualTo(alone.export().canonicalJson());
    }
  }
}
