package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.contract.TestStudies.START;
import static org.hpo4j.contract.TestStudies.commit;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.newStudy;
import static org.hpo4j.contract.TestStudies.openStudy;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several objects of one study on one storage, which have the same leases. */
class SeveralObjectsTest {

  private final Path folder;

  SeveralObjectsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static StudyChange claim(int number) {
    return new StudyChange.ClaimTrial(number, x(0.5), START.plusSeconds(60));
  }

  private static void requireUpToDate(StudyStorage study, JdbcStorage storage) {
    study.refresh();
    assertThat(trials(study)).isEqualTo(trials(openStudy(storage)));
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void seeWhatEachOtherWrites(TestDatabase database) {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of()));
      StudyStorage other = openStudy(storage);
      commit(study, claim(0));
      commit(study, new StudyChange.Report(0, "", 0, 7));

      assertThat(commit(other, claim(0))).containsExactly(-1);
      requireUpToDate(other, storage);
      commit(study, new StudyChange.Report(0, "", 1, 8));
      requireUpToDate(other, storage);
      commit(study, new StudyChange.RequeueTrial(0));
      requireUpToDate(other, storage);
      commit(other, claim(0));
      commit(other, finish(0, Outcome.completed(1)));
      requireUpToDate(study, storage);
    }
  }

  /** Rows that were read before a trial began say nothing of its lease. */
  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void areOpenedWhileAnotherOneRunsTrials(TestDatabase database) throws Exception {
    String url = database.create(folder);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    AtomicBoolean over = new AtomicBoolean();
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      Future<?> opening =
          thread.submit(
              () -> {
                while (!over.get()) {
                  openStudy(storage);
                }
                return true;
              });
      for (int number = 0; number < 150; number++) {
        commit(study, new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of()));
        TimeUnit.MILLISECONDS.sleep(1);
        commit(study, claim(number));
        commit(study, new StudyChange.SetTrialAttribute(number, "seen", 1L));
        commit(study, finish(number, Outcome.completed(1)));
      }
      assertThat(opening.isDone()).isFalse();
      over.set(true);
      opening.get();
      assertThat(trials(study))
          .hasSize(150)
          .extracting(FrozenTrial::state)
          .containsOnly(TrialState.COMPLETE);
    } finally {
      over.set(true);
      thread.shutdown();
    }
  }
}
