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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a worker that opens a study later sees of it. */
class ReadBackTest {

  private final Path folder;

  ReadBackTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Tables and files have a column for each attribute, and are to be the same wherever written. */
  @ParameterizedTest
  @EnumSource
  void attributesStandInTheOrderInWhichTheyWereFirstSet(TestDatabase database) {
    try (JdbcStorage storage = JdbcStorage.open(database.create(folder))) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      for (String key : List.of("m", "z", "a", "k", "m")) {
        commit(study, new StudyChange.SetStudyAttribute(key, 1L));
        commit(study, new StudyChange.SetTrialAttribute(0, key, 1L));
      }
      StudyStorage read = openStudy(storage);
      assertThat(read.attributes().keySet()).containsExactly("m", "z", "a", "k");
      assertThat(read.table().freeze(0).attributes().keySet()).containsExactly("m", "z", "a", "k");
    }
  }

  /** As a program of Optuna may have done a moment ago: it tells no domain. */
  @ParameterizedTest
  @EnumSource
  void aNameThatAnotherProgramHasUsedOtherwiseIsRefused(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study = study(storage);
      Trial first = study.ask();
      Trial second = study.ask();
      TestDatabase.execute(
          url,
          "INSERT INTO trials (number, study_id, state, datetime_start) SELECT 2, study_id,"
              + " 'RUNNING', '2026-11-26 10:00:00' FROM studies",
          "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT"
              + " trial_id, 'x', 3.0, '{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false,"
              + " \"step\": 1, \"low\": 0, \"high\": 5}}' FROM trials WHERE number = 2");
      first.uniform("x", 0, 1);
      assertThatThrownBy(() -> study.tell(first, 0.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("parameter 'x' is integer(0, 5) in this study");
      assertThat(second.integer("x", 0, 5)).isBetween(0, 5);
      study.tell(second, 0.5);

      assertThat(study(storage).trials())
          .extracting(FrozenTrial::state)
          .containsExactly(TrialState.FAILED, TrialState.COMPLETE, TrialState.RUNNING);
    }
  }

  private static Study study(JdbcStorage storage) {
    return Study.named("shared")
        .minimize("loss")
        .sampler(RandomSampler.ofDefaults())
        .storage(storage)
        .createOrResume();
  }

  /** The default of servers before 12, which many have kept: 15 digits, where some need 17. */
  @Test
  void numbersAreExactWhateverTheServersDefaultIs() throws SQLException {
    String url = PostgresServer.newDatabase();
    String name = url.replaceAll(".*/([^/?]*)([?].*)?", "$1");
    TestDatabase.execute(url, "ALTER DATABASE \"" + name + "\" SET extra_float_digits = 0");
    double close = Math.nextDown(1.0);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(close)), new StudyChange.Report(0, "", 1, close));
      commit(study, finish(0, Outcome.completed(Double.MAX_VALUE)));
      FrozenTrial trial = openStudy(storage).table().freeze(0);
      assertThat(trial.outcome()).contains(Outcome.completed(Double.MAX_VALUE));
      assertThat(trial.reports("")).containsExactly(new Report(1, close));
      assertThat(trial.configuration()).isEqualTo(x(close));
    }
  }

  /** SQLite keeps no sign of zero. */
  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void zeroKeepsItsSign(TestDatabase database) {
    try (JdbcStorage storage = JdbcStorage.open(database.create(folder))) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(-0.0)));
      commit(study, new StudyChange.Report(0, "", 1, -0.0), finish(0, Outcome.completed(-0.0)));
      FrozenTrial trial = openStudy(storage).table().freeze(0);
      assertThat(trial.outcome()).contains(Outcome.completed(-0.0));
      assertThat(trial.reports("")).containsExactly(new Report(1, -0.0));
      assertThat(trial.configuration()).isEqualTo(x(-0.0));
    }
  }

  /** SQLite keeps what Optuna gives it; the other databases refuse such a step. */
  @Test
  void aStepBeyond32BitsIsLeftOutAndNotTakenForAnother() throws SQLException {
    String url = TestDatabase.SQLITE.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      commit(study, new StudyChange.Report(0, "", 1, 0.5), new StudyChange.Report(0, "", 2, 0.25));
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE trial_intermediate_values SET step = 4294967303 WHERE step = 2");
      }
      assertThat(openStudy(storage).table().freeze(0).reports(""))
          .containsExactly(new Report(1, 0.5));
    }
  }

  @Test
  void aParameterOfAnUnusableNameConcernsItsStudyOnly() throws SQLException {
    String url = TestDatabase.SQLITE.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      commit(newStudy(storage), start(0, x(0.5)));
      storage.create("other", List.of(Direction.MINIMIZE));
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE trial_params SET param_name = ''");
      }
      assertThatThrownBy(() -> openStudy(storage))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("study 'study' in jdbc:sqlite:")
          .hasMessageContaining("cannot be opened here, other studies can");
      assertThat(storage.find("other")).isPresent();
    }
  }

  @Test
  void aTrialOfAnotherWorkerIsThereWhereItIsAskedFor() {
    String url = TestDatabase.SQLITE.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      Study study = Study.named("study").minimize("loss").storage(storage).create();
      Study later = Study.named("study").minimize("loss").storage(other).resume();
      study.optimize(trial -> trial.suggest(TestStudies.X), RunOptions.trials(2));
      assertThat(later.trial(1)).isEqualTo(study.trial(1));
    }
  }

  @Test
  void aTimeThatCannotBeReadIsNamed() throws SQLException {
    String url = TestDatabase.SQLITE.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      commit(newStudy(storage), start(0, x(0.5)));
      TestDatabase.execute(url, "UPDATE trials SET datetime_start = '12026-11-22 17:09:33'");
      assertThatThrownBy(() -> openStudy(storage))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("study 'study', trial 0, column datetime_start")
          .hasMessageContaining("12026-11-22 17:09:33");
    }
  }
}
