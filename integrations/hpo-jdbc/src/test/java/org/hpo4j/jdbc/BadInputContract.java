package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.uniform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.StorageException;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that a database cannot take, or that contradicts what is in it. */
abstract class BadInputContract {

  /** The URL of the database that this test has for itself. */
  abstract String url();

  void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private boolean exists(String table) {
    try {
      execute("SELECT 1 FROM " + table);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void tablesOfAnOlderVersionAreRefusedAndNotUpgraded() throws SQLException {
    JdbcStorage.open(url()).close();
    execute(
        "UPDATE alembic_version SET version_num = 'v2.6.0.a'",
        "DROP TABLE hpo4j_leases",
        "DROP TABLE hpo4j_late_writes",
        "DROP TABLE hpo4j_turns");
    assertThatThrownBy(() -> JdbcStorage.open(url()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("v2.6.0.a")
        .hasMessageContaining("v3.2.0.a")
        .hasMessageContaining("optuna storage upgrade");
    assertThat(exists("hpo4j_leases")).isFalse();
  }

  @Test
  void tablesThatWereUpgradedMeanwhileAreRefused() throws SQLException {
    JdbcStorage.open(url()).close();
    execute("UPDATE alembic_version SET version_num = 'v9.0.0.a'");
    assertThatThrownBy(() -> JdbcStorage.open(url()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("v9.0.0.a");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tablesOfAnotherProgramAreLeftAlone(boolean hasVersions) throws SQLException {
    execute("CREATE TABLE studies (title VARCHAR(20))");
    if (hasVersions) {
      // Of the tool that Optuna and many others keep their versions with.
      execute(
          "CREATE TABLE alembic_version (version_num VARCHAR(32))",
          "INSERT INTO alembic_version VALUES ('0a8213491aaa')");
    }
    assertThatThrownBy(() -> JdbcStorage.open(url()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("no version of Optuna's schema")
        .hasMessageContaining("use another database")
        .hasMessageNotContaining("upgrade");
    assertThat(exists("trials")).isFalse();
  }

  /** As every program has one that keeps its versions with the tool that Optuna uses. */
  @Test
  void aTableOfVersionsAloneIsAnotherProgramsAndLeftAlone() throws SQLException {
    execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('0a8213491aaa')");
    assertThatThrownBy(() -> JdbcStorage.open(url()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("tables of another program")
        .hasMessageContaining("alembic_version")
        .hasMessageContaining("use another database");
    assertThat(exists("studies")).isFalse();
  }

  @Test
  void aNameWithACharacterThatNoDatabaseHoldsIsRefusedWhereAStudyIsMade() {
    try (JdbcStorage storage = JdbcStorage.open(url())) {
      assertThatThrownBy(
              () -> Study.named("nul\0").minimize("loss").storage(storage).createOrResume())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("study name must not contain the character U+0000");
    }
  }

  @Test
  void tablesOfOptunaWithoutAVersionAreRefusedWhenTheyHaveNoneForTooLong() throws SQLException {
    JdbcStorage.open(url()).close();
    execute("DELETE FROM alembic_version", "DROP TABLE hpo4j_turns");
    forgetMaker();
    assertThatThrownBy(() -> JdbcStorage.builder(url()).patience(Duration.ofMillis(100)).open())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("tables of Optuna without a version");
    assertThat(exists("hpo4j_turns")).isFalse();
  }

  /** Where tables tell that this library has made them, they must not. */
  void forgetMaker() throws SQLException {}

  @Test
  void tablesOfWhichSomeAreMissingAreRefusedByName() throws SQLException {
    JdbcStorage.open(url()).close();
    execute("DROP TABLE trial_values", "DROP TABLE hpo4j_leases");
    assertThatThrownBy(() -> JdbcStorage.open(url()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("lacks hpo4j_leases, trial_values");
    assertThat(exists("hpo4j_leases")).isFalse();
  }

  @Test
  void tablesOfOurOwnThatAreMissingAreMade() throws SQLException {
    JdbcStorage.open(url()).close();
    execute("DROP TABLE hpo4j_leases");
    JdbcStorage.open(url()).close();
    assertThat(exists("hpo4j_leases")).isTrue();
  }

  @Test
  void aSecondStudyOfANameIsRefused() {
    try (JdbcStorage storage = JdbcStorage.open(url());
        JdbcStorage other = JdbcStorage.open(url())) {
      storage.create("study", List.of(Direction.MINIMIZE));
      assertThatThrownBy(() -> other.create("study", List.of(Direction.MAXIMIZE)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("'study'");
      assertThat(other.studyNames()).containsExactly("study");
      assertThat(other.find("study").orElseThrow().table().directions())
          .containsExactly(Direction.MINIMIZE);
    }
  }

  @Test
  void aNameThatItsColumnCannotHoldIsRefused() {
    try (JdbcStorage storage = JdbcStorage.open(url())) {
      for (String name : List.of("n".repeat(513), "a\0b")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> storage.create(name, List.of(Direction.MINIMIZE)))
            .withMessageContaining("study name");
      }
      String longest = "\ud83c\udf32".repeat(512);
      storage.create(longest, List.of(Direction.MINIMIZE));
      assertThat(storage.studyNames()).containsExactly(longest);
    }
  }

  @Test
  void anotherDirectionIsRefused() {
    try (JdbcStorage storage = JdbcStorage.open(url())) {
      Study.named("study").minimize("loss").storage(storage).create();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Study.named("study").maximize("loss").storage(storage).resume());
    }
  }

  @Test
  void anotherSpaceIsRefused() {
    try (JdbcStorage storage = JdbcStorage.open(url())) {
      Study.named("study")
          .minimize("loss")
          .space(SearchSpace.of(uniform("x", 0, 1)))
          .storage(storage)
          .create();
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  Study.named("study")
                      .minimize("loss")
                      .space(SearchSpace.of(uniform("x", 0, 2)))
                      .storage(storage)
                      .resume())
          .withMessageContaining("space");
    }
  }

  @Test
  void aParameterOfAnotherDomainFailsItsTrialOnly() {
    try (JdbcStorage storage = JdbcStorage.open(url())) {
      Study study = Study.named("study").minimize("loss").storage(storage).create();
      study.optimize(hp -> hp.suggest(uniform("x", 0, 1)), RunOptions.trials(1));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> study.optimize(hp -> hp.suggest(integer("x", 0, 9)), RunOptions.trials(2)))
          .withMessageContaining("'x'");
      List<FrozenTrial> trials = TestStudies.trials(storage.find("study").orElseThrow());
      assertThat(trials)
          .extracting(FrozenTrial::state)
          .containsExactly(TrialState.COMPLETE, TrialState.FAILED);
    }
  }

  @Test
  void anAttributeThatIsTooLongIsRefusedWhereItIsSetAndTheTrialGoesOn() {
    try (JdbcStorage storage = JdbcStorage.open(url())) {
      int longest = longestAttribute();
      Study study = Study.named("study").minimize("loss").storage(storage).create();
      study.optimize(
          trial -> {
            trial.setAttribute("fits", "x".repeat(longest - 2));
            if (longest < 1_000_000) {
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> trial.setAttribute("large", "x".repeat(longest - 1)))
                  .withMessageContaining("'large'")
                  .withMessageContaining(Integer.toString(longest));
            }
            String name = "m".repeat(500);
            assertThatIllegalArgumentException()
                .isThrownBy(() -> trial.report(name, 1, 0.5))
                .withMessageContaining("512");
            return 0.25;
          },
          RunOptions.trials(1));
      FrozenTrial trial = storage.find("study").orElseThrow().table().freeze(0);
      assertThat(trial.outcome()).contains(Outcome.completed(0.25));
      assertThat(trial.attributes()).containsOnlyKeys("fits");
    }
  }

  @Test
  void aParameterThatCannotBeKeptIsRefusedWhereItIsChosenAndTheTrialGoesOn() {
    try (JdbcStorage storage = JdbcStorage.open(url())) {
      int longest = longestAttribute();
      Study study = Study.named("study").minimize("loss").storage(storage).create();
      Trial trial = study.ask();
      for (String name : List.of("q".repeat(500), "a\0b")) {
        assertThatIllegalArgumentException()
            .isThrownBy(
                () ->
                    Study.named("declared")
                        .minimize("loss")
                        .space(SearchSpace.of(uniform(name, 0, 1)))
                        .storage(storage)
                        .createOrResume())
            .withMessageContaining("parameter name");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> trial.uniform(name, 0, 1))
            .withMessageContaining("parameter name");
      }
      if (longest < 1_000_000) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> trial.choice("model", "m".repeat(longest), "n"))
            .withMessageContaining("parameter 'model'")
            .withMessageContaining(Integer.toString(longest));
      }
      assertThat(storage.studyNames()).containsExactly("study");
      double value = trial.uniform("q".repeat(499), 0, 1);
      study.tell(trial, value);
      FrozenTrial read = storage.find("study").orElseThrow().table().freeze(0);
      assertThat(read.outcome()).contains(Outcome.completed(value));
      assertThat(read.configuration().size()).isEqualTo(1);
    }
  }

  /** How many bytes an attribute's value can have, where there is a limit, or many. */
  int longestAttribute() {
    return 1_000_000;
  }
}
