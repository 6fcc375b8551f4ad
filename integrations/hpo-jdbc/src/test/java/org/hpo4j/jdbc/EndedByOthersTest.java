package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.commit;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.newStudy;
import static org.hpo4j.contract.TestStudies.openStudy;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.x;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trials that run here while another program, which knows no leases, ends them. */
class EndedByOthersTest {

  private final Path folder;

  EndedByOthersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static void end(String url) throws SQLException {
    TestDatabase.execute(
        url,
        "UPDATE trials SET state = 'COMPLETE', datetime_complete = '2026-11-25 10:00:00'",
        "INSERT INTO trial_values (trial_id, objective, value, value_type) SELECT trial_id, 0, 42,"
            + " 'FINITE' FROM trials");
  }

  private static void requireEnded(StudyStorage study) {
    assertThat(study.table().state(0)).isEqualTo(TrialState.COMPLETE);
    assertThat(study.table().freeze(0).outcome()).contains(Outcome.completed(42));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenLateIsRefusedAndSaysWhatCanHaveHappened(TestDatabase database)
      throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      end(url);
      for (StudyChange late :
          List.of(new StudyChange.Report(0, "", 1, 0.5), finish(0, Outcome.completed(1)))) {
        assertThatThrownBy(() -> commit(study, late))
            .isInstanceOf(TrialLostException.class)
            .hasMessageContaining("trial 0 is no longer this worker's: another program has ended");
      }
      requireEnded(study);
      assertThat(TestDatabase.ints(url, "SELECT trial_id FROM hpo4j_leases")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEndThatWasStagedSaysWhatCanHaveHappened(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      study.stage(List.of(finish(0, Outcome.completed(0.125))));
      end(url);
      assertThatThrownBy(() -> commit(study, start(1, x(0.25))))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("before its end was recorded, another program ended it");
      requireNoted(url, 0.125);
      requireEnded(openStudy(storage));
    }
  }

  /** As a program does that leaves the start of what waits again. */
  @ParameterizedTest
  @EnumSource
  void aTrialThatWaitsAgainHasNoStartForWhoeverLooks(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      StudyStorage looking = openStudy(other);
      commit(study, start(0, x(0.5)));
      looking.refresh();
      TestDatabase.execute(url, "UPDATE trials SET state = 'WAITING'");
      looking.refresh();
      assertThat(looking.table().freeze(0).started()).isEmpty();
      assertThat(openStudy(other).table().freeze(0).started()).isEmpty();
    }
  }

  private static void requireNoted(String url, double value) throws SQLException {
    assertThat(TestDatabase.texts(url, "SELECT changes FROM hpo4j_late_writes"))
        .singleElement()
        .asString()
        .contains("FinishTrial")
        .contains(String.valueOf(value));
  }

  /** As a program does that knows no leases, while the objective goes on. */
  @ParameterizedTest
  @EnumSource
  void aRunGoesOnAfterATrialThatAnotherProgramHasEnded(TestDatabase database) throws Exception {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study =
          Study.named("run")
              .minimize("loss")
              .sampler(RandomSampler.ofDefaults())
              .storage(storage)
              .create();
      study.optimize(
          trial -> {
            if (trial.number() == 1) {
              TestDatabase.execute(url, "UPDATE trials SET state = 'FAIL' WHERE number = 1");
              Thread.sleep(150);
            }
            return 0.125;
          },
          RunOptions.trials(3));

      assertThat(study.trials())
          .extracting(FrozenTrial::state)
          .containsExactly(TrialState.COMPLETE, TrialState.FAILED, TrialState.COMPLETE);
      requireNoted(url, 0.125);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereSuchProgramsRunTrialsAnEndIsRecordedAtOnce(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      TestDatabase.execute(
          url,
          "INSERT INTO trials (number, study_id, state, datetime_start) SELECT 0, study_id,"
              + " 'RUNNING', '2026-11-25 10:00:00' FROM studies");
      study.refresh();
      commit(study, start(1, x(0.5)));
      TestDatabase.execute(url, "UPDATE trials SET state = 'FAIL' WHERE number = 1");
      assertThatThrownBy(() -> study.stage(List.of(finish(1, Outcome.completed(0.125)))))
          .isInstanceOf(TrialLostException.class);
      assertThat(study.table().state(1)).isEqualTo(TrialState.FAILED);
      requireNoted(url, 0.125);
    }
  }
}
