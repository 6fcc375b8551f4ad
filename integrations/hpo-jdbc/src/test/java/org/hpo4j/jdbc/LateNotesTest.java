package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.commit;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.newStudy;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.x;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.TrialLostException;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is written late, its note fails nobody. */
class LateNotesTest {

  private static final String ROCKET = "\ud83d\ude80";

  private final Path folder;

  LateNotesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Stream<Arguments> texts() {
    return Arrays.stream(TestDatabase.values())
        .flatMap(
            database ->
                Stream.of(
                        "plain",
                        "caf\u00e9",
                        "\u65e5\u672c",
                        "a rocket " + ROCKET,
                        "x".repeat(1_900) + ROCKET.repeat(100),
                        "y" + "x".repeat(1_900) + ROCKET.repeat(100))
                    .map(text -> Arguments.of(database, text)));
  }

  /** Lets a worker write late that a trial failed, and that its attribute is a text. */
  private static void writeLate(String url, String text, String... before) throws SQLException {
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      TestDatabase.execute(url, before);
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      TestDatabase.execute(url, "UPDATE hpo4j_leases SET worker = 'another'");
      assertThatThrownBy(
              () -> commit(study, finish(0, Outcome.failed(FailureReason.EXCEPTION, text))))
          .isInstanceOf(TrialLostException.class);
      assertThatThrownBy(() -> commit(study, new StudyChange.SetTrialAttribute(0, "a", text)))
          .isInstanceOf(TrialLostException.class);
    }
  }

  private static void requireNotes(String url, String text) throws SQLException {
    assertThat(TestDatabase.texts(url, "SELECT changes FROM hpo4j_late_writes"))
        .hasSize(2)
        .allSatisfy(
            note ->
                assertThat(note)
                    .hasSizeLessThanOrEqualTo(2_000)
                    .contains(text.substring(0, Math.min(1_850, text.length()))));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTextIsNotedAsItIs(TestDatabase database, String text) throws SQLException {
    String url = database.create(folder);
    writeLate(url, text);
    requireNotes(url, text);
  }

  /** SQLite keeps both, but its driver reads no further than the first. */
  @ParameterizedTest
  @EnumSource
  void whatADatabaseCannotHoldIsNotedEscaped(TestDatabase database) throws SQLException {
    String url = database.create(folder);
    writeLate(url, "null \0, half a rocket \ud83d");
    requireNotes(url, database == TestDatabase.POSTGRESQL ? "null \\u0000, half" : "null ");
  }

  /** As the server makes tables by default, and this library once did. */
  @Test
  void inTablesOfAnotherCharacterSetTooItIsEscaped() throws SQLException {
    String url = TestDatabase.MARIADB.create(folder);
    writeLate(
        url, "a rocket " + ROCKET, "ALTER TABLE hpo4j_late_writes CONVERT TO CHARACTER SET latin1");
    requireNotes(url, "a rocket \\ud83d\\ude80");
  }

  @ParameterizedTest
  @EnumSource
  void aNoteThatCannotBeWrittenIsLeftOut(TestDatabase database) throws SQLException {
    writeLate(database.create(folder), "caf\u00e9", "DROP TABLE hpo4j_late_writes");
  }
}
