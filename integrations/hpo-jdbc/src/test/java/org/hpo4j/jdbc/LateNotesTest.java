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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hpo4j.storage.Durability;
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
                        "x".repeat(1_700) + ROCKET.repeat(300),
                        "y" + "x".repeat(1_700) + ROCKET.repeat(300))
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
                    .hasSizeLessThanOrEqualTo(2_100)
                    .contains(text.substring(0, Math.min(1_700, text.length()))));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aTextIsNotedAsItIs(TestDatabase database, String text) throws SQLException {
    String url = database.create(folder);
    writeLate(url, text);
    requireNotes(url, text);
    assertThat(TestDatabase.texts(url, "SELECT changes FROM hpo4j_late_writes"))
        .allSatisfy(note -> assertThat(note).as("no half character").doesNotContain("\\u"));
  }

  /** The note of a commit that began with attributes of 2,500 characters and came late. */
  private String noteAfterAttributes(TestDatabase database, int attributes) throws SQLException {
    String url = database.create(folder);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      StudyStorage study = newStudy(storage);
      commit(study, start(0, x(0.5)));
      TestDatabase.execute(url, "UPDATE hpo4j_leases SET worker = 'another'");
      List<StudyChange> changes = new ArrayList<>();
      for (int i = 0; i < attributes; i++) {
        String value = "\u65e5".repeat(2_499) + i % 10;
        changes.add(new StudyChange.SetTrialAttribute(0, "layers" + i, value));
      }
      changes.add(new StudyChange.Report(0, "", 1, 0.111));
      changes.add(new StudyChange.SetTrialAttribute(0, "short", 1L));
      changes.add(finish(0, Outcome.completed(0.444)));
      assertThatThrownBy(() -> study.commit(changes, Durability.DURABLE))
          .isInstanceOf(TrialLostException.class);
    }
    return TestDatabase.texts(url, "SELECT changes FROM hpo4j_late_writes").get(0);
  }

  @ParameterizedTest
  @EnumSource
  void longAttributesAreShortenedEachByItself(TestDatabase database) throws SQLException {
    assertThat(noteAfterAttributes(database, 3))
        .startsWith("[FinishTrial[number=0, outcome=Completed[values=[0.444]]")
        .containsSubsequence("Report[", "value=0.111]", "key=layers0", "key=layers1", "key=layers2")
        .containsSubsequence("key=layers2, value=\u65e5", "characters are left out) ...", "2]")
        .endsWith("SetTrialAttribute[number=0, key=short, value=1]]");
  }

  @ParameterizedTest
  @EnumSource
  void whatThereIsNoRoomForIsCounted(TestDatabase database) throws SQLException {
    assertThat(noteAfterAttributes(database, 100))
        .startsWith("[FinishTrial[number=0, outcome=Completed[values=[0.444]]")
        .containsSubsequence("value=0.111]", "key=layers8,", "key=short, value=1]")
        .doesNotContain("key=layers9,")
        .endsWith(", and 91 more, for which there is no room]");
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
