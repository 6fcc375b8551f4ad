package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.FrozenTrial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constraints as Optuna 5 tells them, each by its name. */
class NamedConstraintsTest {

  private final Path journal;
  private final OptunaJournal optuna;

  NamedConstraintsTest(@TempDir Path folder) {
    journal = folder.resolve("journal");
    optuna = new OptunaJournal(journal);
  }

  @BeforeEach
  void makeStudyOfOptuna() throws IOException {
    optuna.study("s");
    appendTrial(0, 0.1, "\"constraints:mem\": 0.4", "\"constraints:lat\": -1.0");
    appendTrial(1, 0.3, "\"constraints:mem\": -0.4", "\"constraints:lat\": -1.0");
    appendTrial(2, 0.2, "\"constraints:lat\": NaN");
    appendTrial(3, 0.5, "\"constraints:lat\": 0");
    appendTrial(4, 0.6);
  }

  private void appendTrial(int id, double value, String... attributes) throws IOException {
    optuna.start();
    for (String attribute : attributes) {
      optuna.systemAttribute(id, attribute);
    }
    optuna.complete(id, value);
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

  /** Also one that was told before anybody told a constraint of that name. */
  @Test
  void holdInTrialsThatDoNotTellThem() throws IOException {
    Path other = journal.resolveSibling("other");
    OptunaJournal trials = new OptunaJournal(other);
    trials.study("s");
    trials.start();
    trials.complete(0, 0.1);
    trials.start();
    trials.systemAttribute(1, "\"constraints:mem\": 0.4");
    trials.complete(1, 0.05);
    try (Storage storage = JournalStorage.open(other)) {
      Study study = settings(storage).resume();
      assertThat(study.best().number()).isZero();

      study.optimize(trial -> trial.suggest(uniform("x", 0, 1)) / 100, RunOptions.trials(5));
      assertThat(study.best().number()).isGreaterThan(1);
    }
  }

  @Test
  void areViolatedByTrialsThatDoNotTellThemWhereTheStudyDeclaresThem() throws IOException {
    appendTrial(5, 0.01);
    try (Storage storage = JournalStorage.open(journal)) {
      assertThat(settings(storage).constraints("lat", "mem").resume().best().number()).isEqualTo(1);
    }
  }

  @Test
  void areViolatedWhereTheStudyDeclaresThemAndNoTrialHasToldAny() throws IOException {
    Path other = journal.resolveSibling("other");
    OptunaJournal trials = new OptunaJournal(other);
    trials.study("s");
    trials.start();
    trials.complete(0, 0.1);
    try (Storage storage = JournalStorage.open(other)) {
      Study study = settings(storage).constraints("mem").resume();
      assertThat(study.findBest()).isEmpty();
      assertThat(study.trial(0).isFeasible()).isFalse();

      study.optimize(
          trial -> {
            trial.constrain("mem", -1);
            return 1;
          },
          RunOptions.trials(2));
      assertThat(study.best().number()).isEqualTo(1);
    }
  }
}
