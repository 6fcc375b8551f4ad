package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hpo4j.contract.Openings;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of a study's settings where several programs open it. */
class RecordedSettingsTest {

  private static final int STUDIES = 40;

  private final Path folder;

  RecordedSettingsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private JournalStorage open() {
    return JournalStorage.open(folder.resolve("journal.log"));
  }

  private static StudyBuilder builder(int i, Storage storage) {
    return Study.named("study " + i).minimize("loss").storage(storage);
  }

  @Test
  void studiesOpenedAtTheSameMomentHaveOneSeed() throws Exception {
    try (JournalStorage first = open();
        JournalStorage second = open()) {
      for (int i = 0; i < STUDIES; i++) {
        List<Study> studies = Openings.atOnce(List.of(builder(i, first), builder(i, second)));
        assertThat(studies).hasSize(2);
        assertThat(studies.get(0).seed()).isEqualTo(studies.get(1).seed());
      }
    }
  }

  @Test
  void ofTwoSpacesGivenAtTheSameMomentOneIsRefused() throws Exception {
    SearchSpace narrow = SearchSpace.of(uniform("x", 0, 1));
    SearchSpace wide = SearchSpace.of(uniform("x", 0, 2));
    try (JournalStorage first = open();
        JournalStorage second = open()) {
      for (int i = 0; i < STUDIES; i++) {
        List<Study> studies =
            Openings.atOnce(
                List.of(builder(i, first).space(narrow), builder(i, second).space(wide)));
        assertThat(studies).hasSize(1);
      }
    }
  }

  @Test
  void ofConstraintsAndNoneGivenAtTheSameMomentOneIsRefused() throws Exception {
    try (JournalStorage first = open();
        JournalStorage second = open()) {
      for (int i = 0; i < STUDIES; i++) {
        List<Study> studies =
            Openings.atOnce(List.of(builder(i, first).constraints("memory"), builder(i, second)));
        assertThat(studies).hasSize(1);
      }
    }
  }

  @Test
  void refusesAStudyWhoseSeedIsNoNumber() {
    try (Storage storage = open()) {
      StudyStorage kept = storage.create("study 0", List.of(Direction.MINIMIZE));
      kept.commit(
          List.of(new StudyChange.SetStudySystemAttribute(RecordedSettings.SEED, "seven")),
          Durability.DURABLE);
      assertThatIllegalStateException()
          .isThrownBy(() -> builder(0, storage).resume())
          .withMessageContaining("hpo4j:seed must be a number, got seven");
    }
  }

  @Test
  void aStudyTornAtItsCreationIsCompletedByTheSameProgram() throws IOException {
    StudyBuilder builder =
        Study.named("torn").minimize("loss").space(SearchSpace.of(uniform("x", 0, 1)));
    Path whole = folder.resolve("whole.log");
    try (JournalStorage storage = JournalStorage.open(whole)) {
      builder.constraints("memory").storage(storage).createOrResume();
    }
    List<String> lines = Files.readAllLines(whole);
    for (int count = 1; count < lines.size(); count++) {
      Path torn = folder.resolve("torn-" + count + ".log");
      Files.write(torn, lines.subList(0, count));
      try (JournalStorage storage = JournalStorage.open(torn)) {
        Study study = builder.constraints("memory").storage(storage).createOrResume();
        assertThat(study.storage().systemAttributes())
            .as("%d lines", count)
            .containsEntry("hpo4j:constraints", List.of("memory"))
            .containsKey("hpo4j:seed");
      }
    }
  }
}
