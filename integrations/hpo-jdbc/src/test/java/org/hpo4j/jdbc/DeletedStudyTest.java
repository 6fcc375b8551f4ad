package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.commit;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.newStudy;
import static org.hpo4j.contract.TestStudies.openStudy;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.study.StudyListener;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Studies that another program deletes while they are open here. */
class DeletedStudyTest {

  private static final List<String> TABLES_OF_TRIALS =
      List.of(
          "trial_params",
          "trial_values",
          "trial_intermediate_values",
          "trial_user_attributes",
          "trial_system_attributes",
          "trials");

  private static final List<String> TABLES_OF_STUDIES =
      List.of("study_directions", "study_user_attributes", "study_system_attributes", "studies");

  private final Path folder;

  DeletedStudyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** In one transaction, as Optuna does. */
  private static void delete(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      String study = "(SELECT study_id FROM studies WHERE study_name = 'study')";
      for (String table : TABLES_OF_TRIALS) {
        String trials =
            table.equals("trials")
                ? "study_id = " + study
                : "trial_id IN (SELECT trial_id FROM trials WHERE study_id = " + study + ")";
        statement.execute("DELETE FROM " + table + " WHERE " + trials);
      }
      for (String table : TABLES_OF_STUDIES) {
        String rows = table.equals("studies") ? "study_name = 'study'" : "study_id = " + study;
        statement.execute("DELETE FROM " + table + " WHERE " + rows);
      }
      connection.commit();
    }
  }

  private static void requireTold(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("study 'study' was deleted by another program");
  }

  @ParameterizedTest
  @EnumSource
  void areToldOfWhateverIsDoneNext(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      delete(url);
      requireTold(() -> commit(study, new StudyChange.SetStudyAttribute("a", 1L)));
      requireTold(() -> commit(study, new StudyChange.EnqueueTrial(Map.of("x", 0.5), Map.of())));
      requireTold(() -> commit(study, new StudyChange.Report(0, "", 1, 0.5)));
      requireTold(study::refresh);
    }
  }

  @ParameterizedTest
  @EnumSource
  void areNotTakenForTheNextOneOfTheirName(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)), finish(0, Outcome.completed(1)));
      commit(study, start(1, x(0.25)));
      delete(url);
      StudyStorage next = newStudy(other);
      commit(next, start(0, x(0.75)));
      requireTold(() -> commit(study, finish(1, Outcome.completed(2))));
      requireTold(study::refresh);
      commit(next, start(1, x(0.75)));

      next.refresh();
      assertThat(trials(next))
          .extracting(FrozenTrial::state)
          .containsExactly(TrialState.RUNNING, TrialState.RUNNING);
      assertThat(trials(openStudy(storage))).isEqualTo(trials(next));
    }
  }

  @ParameterizedTest
  @EnumSource
  void mayBeMadeAgainWhereTheirLastTrialCouldNotBeRecorded(TestDatabase database)
      throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyBuilder settings =
          Study.named("study")
              .minimize("loss")
              .sampler(RandomSampler.ofDefaults())
              .storage(storage);
      Study study = settings.create();
      requireTold(
          () ->
              study.optimize(
                  trial -> {
                    if (trial.number() == 40) {
                      delete(url);
                    }
                    return 1;
                  },
                  RunOptions.trials(50).withListener(new StudyListener() {})));
      Study next = settings.create();
      next.optimize(trial -> trial.number(), RunOptions.trials(50));
      assertThat(next.trials()).hasSize(50).allMatch(t -> t.state() == TrialState.COMPLETE);
    }
  }

  /** Of one storage, so that the leases of both are kept under the same ids. */
  @Test
  void doNotEndTheTrialsOfTheNextOneOfTheSameWorker() throws SQLException {
    String url = TestDatabase.SQLITE.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      delete(url);
      StudyStorage next = newStudy(storage);
      commit(next, start(0, x(0.75)));
      requireTold(() -> commit(study, finish(0, Outcome.completed(2))));
      next.refresh();
      assertThat(next.table().state(0)).isEqualTo(TrialState.RUNNING);
    }
  }

  @Test
  void leaveNoLeaseThatTakesTheTrialOfAnotherProgram() throws SQLException {
    String url = TestDatabase.SQLITE.create(folder);
    try (JdbcStorage dead = JdbcStorage.open(url)) {
      commit(newStudy(dead), start(0, x(0.5)));
    }
    delete(url);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      TestDatabase.execute(
          url,
          "INSERT INTO trials (number, study_id, state, datetime_start) SELECT 0, study_id,"
              + " 'RUNNING', '2026-11-25 10:00:00' FROM studies");
      study.refresh();
      assertThat(study.table().state(0)).isEqualTo(TrialState.RUNNING);
      assertThat(study.lostTrials()).isEmpty();
    }
  }
}
