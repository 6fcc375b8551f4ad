package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.commit;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.newStudy;
import static org.hpo4j.contract.TestStudies.openStudy;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;
import static org.hpo4j.space.Parameters.choice;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.MultiObjectiveStudyBuilder;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudySettings;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input for MariaDB. */
class MariaDbBadInputTest extends BadInputContract {

  private static final String LONG = "x".repeat(400);

  private final String url = MariaDbServer.newDatabase();

  @Override
  String url() {
    return url;
  }

  @Test
  void aLockUnderWhichOthersMakeTablesIsWaitedForAndNamed() throws SQLException {
    JdbcStorage.Builder builder = JdbcStorage.builder(url).patience(Duration.ofMillis(100));
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement()) {
      statement.execute("SELECT GET_LOCK(" + MariaDbDialect.SCHEMA_LOCK + ", 0)");
      assertThatThrownBy(builder::open)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another connection holds the server's lock 'hpo4j schema'");
      assertThatThrownBy(() -> execute("SELECT 1 FROM studies")).isInstanceOf(SQLException.class);
    }
    builder.open().close();
  }

  @Test
  void aUrlWithoutADatabaseIsRefusedAtOnce() {
    JdbcStorage.Builder builder = JdbcStorage.builder(url.replaceFirst("/hpo[0-9]+", "/"));
    assertThatThrownBy(builder::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("the URL names no database")
        .hasMessageContaining("jdbc:mariadb://host/db")
        .hasNoCause();
  }

  /** The driver calls all errors so of which it does not know better. */
  @Test
  void anErrorThatTheDriverCallsTransientIsNotWaitedForByThatAlone() {
    SQLException noDatabase =
        new SQLTransientConnectionException("No database selected", "3D000", 1046);
    assertThat(new MariaDbDialect().classify(noDatabase)).isEqualTo(Dialect.Failure.FATAL);
  }

  @Override
  void forgetMaker() throws SQLException {
    execute("ALTER TABLE studies COMMENT = ''");
  }

  /** Whatever was made is kept: a statement that makes a table cannot be rolled back. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 14, 15})
  void tablesOfAProcessThatWasEndedInTheMiddleAreCompleted(int made) throws SQLException {
    for (String statement : new MariaDbDialect().schema().subList(0, made)) {
      execute(statement);
    }
    try (JdbcStorage storage = JdbcStorage.builder(url).patience(Duration.ofMillis(100)).open()) {
      newStudy(storage);
      assertThat(storage.studyNames()).containsExactly("study");
    }
  }

  /** What is kept of their failures has room in a column however many there were. */
  @Test
  void trialsThatAreRetriedOftenGoOn() {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study =
          Study.named("often")
              .minimize("loss")
              .retrying(FailureReason.EXCEPTION, 40)
              .storage(storage)
              .create();
      AtomicInteger attempts = new AtomicInteger();
      study.optimize(
          trial -> {
            if (trial.number() == 0 && attempts.incrementAndGet() <= 40) {
              throw new IllegalStateException("\u6f22".repeat(500));
            }
            return 1;
          },
          RunOptions.trials(2));
      assertThat(attempts).hasValue(41);
      assertThat(study.trial(0).value()).isEqualTo(1);
      assertThat(study.trial(1).value()).isEqualTo(1);
    }
  }

  @Test
  void ofAConnectionThatBreaksWhileTablesAreMadeTheFirstErrorIsTold() throws IOException {
    try (Network network = new Network(url)) {
      JdbcStorage.Builder builder = JdbcStorage.builder(network.url());
      network.cutAtNext("CREATE TABLE IF NOT EXISTS trial_values");
      assertThatThrownBy(() -> builder.patience(Duration.ZERO).open())
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("the database did not answer")
          .hasMessageNotContaining("Connection is closed")
          .hasMessageNotContaining("right to create tables");
      network.cutAtNext("CREATE TABLE IF NOT EXISTS trial_values");
      builder.patience(Duration.ofMinutes(1)).open().close();
      assertThat(network.hasFailed()).isTrue();
    }
  }

  @Test
  void namesThatDifferInSpacesAtTheEndAreToldApart() {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      storage.create("study ", List.of(Direction.MAXIMIZE));
      commit(
          study,
          new StudyChange.SetStudyAttribute("a", 1L),
          new StudyChange.SetStudyAttribute("a ", 2L));
      StudyStorage read = openStudy(storage);
      assertThat(read.attributes()).isEqualTo(Map.of("a", 1L, "a ", 2L));
      assertThat(read.table().directions()).containsExactly(Direction.MINIMIZE);
    }
  }

  /** Turns Optuna's tables into those that it makes on a server as it is installed. */
  private void makeAsOptuna() throws SQLException {
    String tables =
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND"
            + " table_name NOT LIKE 'hpo4j%'";
    for (String table : TestDatabase.texts(url, tables)) {
      execute(
          "ALTER TABLE " + table + " CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aParameterThatTheTablesTakeForAnotherOneIsRefused() throws SQLException {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      makeAsOptuna();
      Study study =
          Study.named("study")
              .minimize("loss")
              .sampler(RandomSampler.ofDefaults())
              .storage(storage)
              .create();
      study.optimize(trial -> trial.uniform("dropout", 0, 1), RunOptions.trials(1));
      assertThatThrownBy(
              () -> study.optimize(t -> t.uniform("Dropout", 0, 1), RunOptions.trials(2)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("takes two names for one");
      assertThat(openStudy(storage).table().state(0)).isEqualTo(TrialState.COMPLETE);
    }
  }

  @Test
  void namesThatTablesOfAnotherProgramTakeForOneAreRefused() throws SQLException {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      makeAsOptuna();
      StudyStorage study = newStudy(storage);
      commit(study, new StudyChange.SetStudyAttribute("rate", 1L));
      commit(study, new StudyChange.SetStudyAttribute("rate", 2L));
      assertThatThrownBy(() -> commit(study, new StudyChange.SetStudyAttribute("Rate", 3L)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("takes two names for one");
      assertThatThrownBy(() -> storage.create("Study", List.of(Direction.MINIMIZE)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("takes for the same");
      StudyStorage read = openStudy(storage);
      assertThat(read.attributes()).isEqualTo(Map.of("rate", 2L));
      assertThat(storage.find("STUDY")).isEmpty();
    }
  }

  @Test
  void theMessageOfAFailureIsShortenedToWhatFits() {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      // It was shortened before.
      String message = "e".repeat(50_000) + "... (shortened from 100000 characters)";
      commit(study, finish(0, Outcome.failed(FailureReason.EXCEPTION, message)));
      assertThat(trials(openStudy(storage))).isEqualTo(trials(study));
      assertThat(trials(study).get(0).outcome().orElseThrow())
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.message())
                      .startsWith("eee")
                      .endsWith("... (shortened from 100000 characters)"));
    }
  }

  private static List<StudySettings<?, ?>> settingsThatAreTooLong() {
    String[] constraints =
        IntStream.range(0, 200).mapToObj(i -> "c" + i + LONG).toArray(String[]::new);
    MultiObjectiveStudyBuilder objectives = MultiObjectiveStudy.named("study");
    IntStream.range(0, 200).forEach(i -> objectives.minimize("m" + i + LONG));
    return List.of(
        Study.named("study")
            .minimize("loss")
            .space(SearchSpace.of(choice("c", LONG.repeat(200), "b"))),
        Study.named("study").minimize("loss").constraints(constraints),
        objectives);
  }

  @ParameterizedTest
  @MethodSource("settingsThatAreTooLong")
  void nothingIsLeftOfAStudyWhoseSettingsAreTooLong(StudySettings<?, ?> settings) {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      settings.storage(storage);
      for (int i = 0; i < 2; i++) {
        assertThatIllegalArgumentException()
            .isThrownBy(settings::create)
            .withMessageContaining("must have at most 65535 bytes");
        assertThatIllegalArgumentException().isThrownBy(settings::createOrResume);
      }
      assertThat(storage.studyNames()).isEmpty();
    }
  }

  @Override
  int longestAttribute() {
    return 65_535;
  }
}
