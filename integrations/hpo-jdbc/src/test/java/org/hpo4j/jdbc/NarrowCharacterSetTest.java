package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Names in tables of MariaDB that cannot hold all characters, as Optuna makes them on a server with
 * such a default.
 */
class NarrowCharacterSetTest {

  private static final String LATIN = "z\u00fcrich \u20ac";
  private static final String JAPANESE = "\u65e5\u672c";
  private static final String ROCKET = "\ud83d\ude80";

  private final String url = MariaDbServer.newDatabase();

  private void convert(String charset) throws SQLException {
    JdbcStorage.open(url).close();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String table : SchemaText.NAMES) {
        if (!table.startsWith("hpo4j_")) {
          statement.execute("ALTER TABLE " + table + " CONVERT TO CHARACTER SET " + charset);
        }
      }
    }
  }

  @BeforeEach
  void makeTables() throws SQLException {
    convert("latin1");
  }

  private static StudyBuilder settings(String name, JdbcStorage storage) {
    return Study.named(name)
        .minimize("loss")
        .seed(1)
        .sampler(RandomSampler.ofDefaults())
        .storage(storage);
  }

  static Stream<Consumer<Trial>> names() {
    return Stream.of(
        trial -> trial.setAttribute(JAPANESE, 1),
        trial -> trial.report(JAPANESE, 1, 0.5),
        trial -> trial.uniform(JAPANESE, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("names")
  void areRefusedWhereTheyAreSetAndTheTrialGoesOn(Consumer<Trial> use) {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study = settings("study", storage).create();
      study.optimize(
          trial -> {
            assertThatIllegalArgumentException()
                .isThrownBy(() -> use.accept(trial))
                .withMessageContaining("latin1")
                .withMessageContaining("U+65E5")
                .withMessageContaining("CONVERT TO CHARACTER SET utf8mb4");
            return trial.uniform("x", 0, 1);
          },
          RunOptions.trials(2));
      assertThat(settings("study", storage).resume().trials())
          .hasSize(2)
          .extracting(FrozenTrial::state)
          .containsOnly(TrialState.COMPLETE);
    }
  }

  @Test
  void ofStudiesAreRefusedAndNotFound() {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      for (int i = 0; i < 2; i++) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> settings(JAPANESE, storage).createOrResume())
            .withMessageContaining("studies.study_name");
      }
      assertThat(storage.find(JAPANESE)).isEmpty();
      assertThat(storage.studyNames()).isEmpty();
    }
  }

  @Test
  void ofAttributesOfAStudyAreRefused() {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study = settings("study", storage).create();
      assertThatIllegalArgumentException().isThrownBy(() -> study.setAttribute(JAPANESE, 1));
      study.setAttribute("k", JAPANESE);
      assertThat(settings("study", storage).resume().attributes()).isEqualTo(study.attributes());
    }
  }

  /** Values are JSON, which is ASCII. */
  @Test
  void thatTheyHaveAreKeptAndSoIsEveryValue() {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study = settings(LATIN, storage).create();
      study.enqueue(Map.of("c", JAPANESE));
      study.optimize(
          trial -> {
            trial.setAttribute(LATIN, List.of(JAPANESE, ROCKET));
            trial.report(LATIN, 1, 0.5);
            trial.choice("c", "a", JAPANESE);
            if (trial.number() == 1) {
              throw new IllegalStateException(ROCKET);
            }
            return trial.uniform(LATIN, 0, 1);
          },
          RunOptions.trials(4).tolerating(IllegalStateException.class));
      assertThat(settings(LATIN, storage).resume().trials())
          .extracting(t -> List.of(t.state(), t.configuration(), t.attributes(), t.outcome()))
          .isEqualTo(
              study.trials().stream()
                  .map(t -> List.of(t.state(), t.configuration(), t.attributes(), t.outcome()))
                  .toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "latin1, \u20ac, \u011b",
    "latin2, \u011b, \u20ac",
    "utf8mb3, \u65e5, \ud83d\ude80",
    "cp1251, \u0416, \u00fc",
    "koi8r, \u0416, \u00fc",
    "ascii, a, \u00fc",
    "eucjpms, a, \ud55c",
    "utf8mb4, \ud83d\ude80, ''",
  })
  void goByTheCharacterSetOfTheTables(String charset, String held, String foreign)
      throws SQLException {
    convert(charset);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study study = settings("study", storage).create();
      assertThatNoException().isThrownBy(() -> study.setAttribute(held, 1));
      if (!foreign.isEmpty()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> study.setAttribute(foreign, 1))
            .withMessageContaining(charset);
      }
      assertThat(settings("study", storage).resume().attributes()).isEqualTo(Map.of(held, 1L));
    }
  }
}
