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
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
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
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEndThatWasStagedSaysWhatCanHaveHappened(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      study.stage(List.of(finish(0, Outcome.completed(1))));
      end(url);
      assertThatThrownBy(() -> commit(study, start(1, x(0.25))))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("before its end was recorded, another program ended it");
      requireEnded(openStudy(storage));
    }
  }
}
