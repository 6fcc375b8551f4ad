package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.FrozenTrial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constraints as Optuna 5 tells them, each by its name. */
class NamedConstraintsTest {

  private final Path journal;

  NamedConstraintsTest(@TempDir Path folder) {
    journal = folder.resolve("journal");
  }

  @BeforeEach
  void makeStudyOfOptuna() throws IOException {
    append("0, \"study_name\": \"s\", \"directions\": [1]");
    appendTrial(0, 0.1, "\"constraints:mem\": 0.4", "\"constraints:lat\": -1.0");
    appendTrial(1, 0.3, "\"constraints:mem\": -0.4", "\"constraints:lat\": -1.0");
    appendTrial(2, 0.2, "\"constraints:lat\": NaN");
    appendTrial(3, 0.5, "\"constraints:lat\": 0");
    appendTrial(4, 0.6);
  }

  private void append(String fields) throws IOException {
    Files.writeString(
        journal,
        "{\"worker_id\": \"w\", \"op_code\": " + fields + "}\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void appendTrial(int id, double value, String... attributes) throws IOException {
    append("4, \"study_id\": 0, \"datetime_start\": \"2026-11-26T02:44:43.415843+00:00\"");
    for (String attribute : attributes) {
      append("9, \"trial_id\": " + id + ", \"system_attr\": {" + attribute + "}");
    }
    append(
        "6, \"trial_id\": %d, \"state\": 1, \"values\": [%s], \"datetime_complete\":"
                .formatted(id, value)
            + " \"2026-11-26T02:44:44.415843+00:00\"");
  }

  private static StudyBuilder settings(Storage storage) {
    return Study.named("s").minimize("loss").storage(storage);
  }

  @Test
  void decideWhichTrialIsBest() {
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = settings(storage).resume();
      assertThat(study.best().number()).isEqualTo(1);
      assertThat(study.trials())
          .extracting(FrozenTrial::constraints)
          .containsExactly(
              List.of(0.4, -1.0),
              List.of(-0.4, -1.0),
              List.of(0.0, Double.POSITIVE_INFINITY),
              List.of(0.0, 0.0),
              List.of());
      assertThat(storage.find("s").orElseThrow().table().systemAttribute(0, "constraints:mem"))
          .contains(0.4);
    }
  }

  @Test
  void standInTheOrderInWhichTheStudyDeclaresThem() {
    Map<Integer, List<Double>> expected =
        Map.of(
            0, List.of(-1.0, 0.4),
            1, List.of(-1.0, -0.4),
            3, List.of(0.0, Double.POSITIVE_INFINITY));
    for (int opening = 0; opening < 2; opening++) {
      try (Storage storage = JournalStorage.open(journal)) {
        Study study = settings(storage).constraints("lat", "mem").resume();
        expected.forEach(
            (number, values) ->
                assertThat(study.trials().get(number).constraints()).isEqualTo(values));
        assertThat(study.best().number()).isEqualTo(1);
      }
    }
  }
}
