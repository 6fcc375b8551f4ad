package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.Jvm;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several runs that share a study under {@link Duplicates#REUSE} run no values twice. */
class SharedReuseTest {

  private static final String MODE = "reuse asap";
  private static final StudyListener SILENT = new StudyListener() {};

  private final Path journal;

  SharedReuseTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal.log");
  }

  @Test
  void twoProcessesRunNoValuesTwice() throws Exception {
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      workers.add(Jvm.start(StudyWorker.class, journal.toString(), MODE));
    }
    for (Process worker : workers) {
      worker.inputReader().lines().forEach(line -> {});
      assertThat(worker.waitFor()).isZero();
    }
    assertNoValuesRanTwice();
  }

  @Test
  void twoStudiesOnOneJournalRunNoValuesTwice() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> runs = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        runs.add(
            threads.submit(
                () -> {
                  try (Storage storage = JournalStorage.open(journal)) {
                    return StudyWorker.run(storage, MODE, Optional.of(SILENT)).trialCount();
                  }
                }));
      }
      for (Future<Integer> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdown();
    }
    assertNoValuesRanTwice();
  }

  private void assertNoValuesRanTwice() {
    try (Storage storage = JournalStorage.open(journal)) {
      List<FrozenTrial> trials = StudyWorker.run(storage, MODE, Optional.of(SILENT)).trials();
      List<Configuration> ran =
          trials.stream()
              .filter(trial -> trial.attributes().containsKey("noise"))
              .map(FrozenTrial::configuration)
              .toList();
      assertThat(ran).doesNotHaveDuplicates().hasSizeGreaterThan(20);
      assertThat(trials)
          .hasSizeGreaterThan(ran.size())
          .allSatisfy(
              trial -> {
                double x = ((Number) trial.configuration().get("x")).doubleValue();
                int length = trial.configuration().get("deep").toString().length();
                assertThat(trial.state()).isEqualTo(TrialState.COMPLETE);
                assertThat(trial.value()).isEqualTo(x * x + length);
                assertThat(trial.constraints()).containsExactly(x - 8);
              });
    }
  }
}
