package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.contract.TestStudies.START;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hpo4j.space.Configuration;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optuna checks no names and no numbers: whatever Python's json module writes must open. */
class StrangeNamesTest {

  private static final String BULK = "x".repeat((int) JournalOpening.SMALLEST_GAIN);

  private final Path journal;

  StrangeNamesTest(@TempDir Path folder) {
    this.journal = folder.resolve("journal");
  }

  @BeforeEach
  void createStudy() throws IOException {
    append("{\"op_code\": 0, \"worker_id\": \"w\", \"study_name\": \"s\", \"directions\": [1]}");
  }

  private void append(String line) throws IOException {
    Files.writeString(
        journal,
        line + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void appendAttribute(String json) throws IOException {
    append("{\"op_code\": 2, \"worker_id\": \"w\", \"study_id\": 0, \"user_attr\": " + json + "}");
  }

  private Map<String, Object> attributes() {
    try (Storage storage = JournalStorage.open(journal)) {
      return storage.find("s").orElseThrow().attributes();
    }
  }

  @Test
  void halfASurrogatePairInAKeyIsRead() throws IOException {
    appendAttribute("{\"a\\ud83db\": {\"\\uDE00\": 1, \"\\\\ud83d\": 2}}");
    assertThat(attributes()).isEqualTo(Map.of("a\ud83db", Map.of("\ude00", 1L, "\\ud83d", 2L)));
  }

  @Test
  void halfASurrogatePairInATextIsRead() throws IOException {
    appendAttribute("{\"a\": \"\\ud83d\"}");
    assertThat(attributes()).isEqualTo(Map.of("a", "\ud83d"));
  }

  @Test
  void whatWasReadOfThemIsWrittenSoThatItCanBeReadAgain() throws IOException {
    appendAttribute("{\"a\\ud83d\": {\"\\ude00\": 1}}");
    Map<String, Object> before;
    try (Storage storage = JournalStorage.open(journal)) {
      StudyStorage study = storage.find("s").orElseThrow();
      before = study.attributes();
      study.commit(
          List.of(
              new StudyChange.EnqueueTrial(Map.of(), before),
              new StudyChange.ClaimTrial(0, Configuration.empty(), START)),
          Durability.DURABLE);
    }
    try (Storage storage = JournalStorage.open(journal)) {
      assertThat(storage.find("s").orElseThrow().table().freeze(0).attributes()).isEqualTo(before);
    }
  }

  @Test
  void aSnapshotKeepsThem() throws IOException {
    appendAttribute("{\"a\\ud83d\": {\"\\ude00\": 1}}");
    appendAttribute("{\"bulk\": \"" + BULK + "\"}");
    Map<String, Object> read = attributes();
    assertThat(JournalSnapshot.pathOf(journal)).exists();
    assertThat(attributes()).isEqualTo(read).containsKey("a\ud83d");
  }

  @Test
  void keysOfAnyLengthAreRead() throws IOException {
    String key = "k".repeat(60_000);
    appendAttribute("{\"" + key + "\": {\"" + key + "\": 1}}");
    assertThat(attributes()).isEqualTo(Map.of(key, Map.of(key, 1L)));
  }

  @Test
  void valuesAreReadAsDeepAsPythonNestsThem() throws IOException {
    appendAttribute("{\"a\": " + "[".repeat(990) + "]".repeat(990) + "}");
    Object inner = attributes().get("a");
    for (int depth = 1; depth < 990; depth++) {
      inner = ((List<?>) Objects.requireNonNull(inner)).get(0);
    }
    assertThat(inner).isEqualTo(List.of());
  }

  @Test
  void integersOfAnyLengthAreReadAsTheNearestDouble() throws IOException {
    appendAttribute("{\"a\": [1" + "0".repeat(1_500) + ", -1" + "0".repeat(4_000) + "]}");
    assertThat(attributes())
        .isEqualTo(Map.of("a", List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)));
  }

  @Test
  void anAttributeThatIsSetToNullIsGone() throws IOException {
    appendAttribute("{\"a\": 1}");
    appendAttribute("{\"b\": 2}");
    appendTrial(0);
    appendAttributeOfTrial("{\"c\": 3}");
    try (Storage storage = JournalStorage.open(journal)) {
      StudyStorage open = storage.find("s").orElseThrow();
      appendAttribute("{\"a\": null}");
      appendAttributeOfTrial("{\"c\": null}");
      appendAttributeOfTrial("{\"d\": 4}");
      open.refresh();
      for (StudyStorage study : List.of(open, storage.find("s").orElseThrow())) {
        assertThat(study.attributes()).isEqualTo(Map.of("b", 2L));
        assertThat(study.table().freeze(0).attributes()).isEqualTo(Map.of("d", 4L));
      }
    }
  }

  private void appendAttributeOfTrial(String json) throws IOException {
    append("{\"op_code\": 8, \"worker_id\": \"w\", \"trial_id\": 0, \"user_attr\": " + json + "}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "LONG", "a\\ud83d"})
  void aParameterOfAnUnusableNameIsNoDamageAndConcernsItsStudyOnly(String parameter)
      throws IOException {
    String name = parameter.equals("LONG") ? "p".repeat(513) : parameter;
    append("{\"op_code\": 0, \"worker_id\": \"w\", \"study_name\": \"t\", \"directions\": [1]}");
    appendTrial(1);
    append(
        "{\"op_code\": 5, \"worker_id\": \"w\", \"trial_id\": 0, \"param_name\": \""
            + name
            + "\", \"param_value_internal\": 0.5, \"distribution\": \"{\\\"name\\\":"
            + " \\\"FloatDistribution\\\", \\\"attributes\\\": {\\\"step\\\": null, \\\"low\\\": 0.0,"
            + " \\\"high\\\": 1.0, \\\"log\\\": false}}\"}");
    appendTrial(0);
    try (Storage storage = JournalStorage.open(journal)) {
      assertThat(storage.studyNames()).containsExactly("s", "t");
      assertThat(storage.find("s").orElseThrow().table().size()).isOne();
      assertThatThrownBy(() -> storage.find("t"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("study 't' cannot be opened here, other studies can")
          .hasMessageContaining("a parameter's name must ")
          .message()
          .doesNotContain("Restore the file", "line 3");
    }
  }

  private void appendTrial(int study) throws IOException {
    append(
        "{\"op_code\": 4, \"worker_id\": \"w\", \"study_id\": "
            + study
            + ", \"datetime_start\": null}");
  }

  @Test
  void aDamagedLineIsNotMendedBesides() throws IOException {
    appendAttribute("{\"a\\ud83d\": 1");
    assertThatThrownBy(this::attributes)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("line 2");
  }
}
