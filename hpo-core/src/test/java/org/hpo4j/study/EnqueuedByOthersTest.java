package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hpo4j.contract.LogWatch;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.storage.journal.OptunaJournal;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Values that Optuna has enqueued for parameters whose domains do not hold them. */
class EnqueuedByOthersTest {

  private final Path journal;
  private final OptunaJournal optuna;
  @RegisterExtension final LogWatch log = LogWatch.on("org.hpo4j.study");

  EnqueuedByOthersTest(@TempDir Path folder) {
    journal = folder.resolve("journal");
    optuna = new OptunaJournal(journal);
  }

  private static StudyBuilder settings(Storage storage) {
    return Study.named("s")
        .minimize("loss")
        .seed(1)
        .sampler(RandomSampler.ofDefaults())
        .storage(storage);
  }

  private static void run(Study study, int trials) {
    study.optimize(
        trial -> trial.uniform("x", 0, 1) + trial.uniform("y", 0, 1), RunOptions.trials(trials));
  }

  private void requireLeftOut(Study study, int number) {
    FrozenTrial trial = study.trials().get(number);
    assertThat(trial.state()).isEqualTo(TrialState.COMPLETE);
    assertThat((double) trial.configuration().get("x")).isBetween(0.0, 1.0);
    assertThat(trial.configuration().get("y")).isEqualTo(0.25);
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("x has the value")
        .contains("trial " + number)
        .contains("not in uniform(0.0, 1.0), it is left out here and sampled");
  }

  private void requireLeftOutInADeclaredSpace(String enqueued) throws IOException {
    try (Storage storage = JournalStorage.open(journal)) {
      Study study =
          settings(storage).space(SearchSpace.of(uniform("x", 0, 1), uniform("y", 0, 1))).create();
      optuna.enqueue(enqueued);
      run(study, 2);
      requireLeftOut(study, 0);
    }
  }

  /** Python's None is an option like any other, which has the text "null" here. */
  @Test
  void noneIsTheOptionOfThatName() throws IOException {
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = settings(storage).create();
      Parameter<String> c = choice("c", "a", "b", "d", "null");
      study.optimize(trial -> trial.suggest(c).length(), RunOptions.trials(1));
      optuna.enqueue("{\"c\": null}");
      optuna.enqueue("{\"c\": \"b\"}");
      study.optimize(trial -> trial.suggest(c).length(), RunOptions.trials(3));
      assertThat(study.trial(1).configuration().get("c")).isEqualTo("null");
      assertThat(study.trial(2).configuration().get("c")).isEqualTo("b");
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void noneIsLeftOutWhereItIsNoOption() throws IOException {
    requireLeftOutInADeclaredSpace("{\"x\": null, \"y\": 0.25}");
  }

  @Test
  void areLeftOutInADeclaredSpace() throws IOException {
    requireLeftOutInADeclaredSpace("{\"x\": 5.0, \"y\": 0.25}");
  }

  @Test
  void aTextIsShownAsOne() throws IOException {
    requireLeftOutInADeclaredSpace("{\"x\": \"0.5\", \"y\": 0.25}");
    assertThat(log.warnings()).singleElement().asString().contains("the value '0.5' in");
  }

  @Test
  void areLeftOutWhereTheObjectiveAsksForThem() throws IOException {
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = settings(storage).create();
      run(study, 1);
      optuna.enqueue("{\"x\": \"many\", \"y\": 0.25}");
      run(study, 2);
      requireLeftOut(study, 1);
    }
  }

  /** So that a study is the same whoever runs it, and after a crash. */
  @Test
  void oneOfTheUserFailsItsTrialInAnotherProcessToo() {
    try (Storage storage = JournalStorage.open(journal)) {
      settings(storage).create().enqueue(Map.of("x", 5.0));
    }
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = settings(storage).resume();
      study.optimize(
          trial -> trial.uniform("x", 0, 1),
          RunOptions.trials(1).tolerating(IllegalArgumentException.class));
      assertThat(study.trials().get(0).state()).isEqualTo(TrialState.FAILED);
    }
  }

  /** Which has them as Python's values, where here is a label. */
  @Test
  void anOptionThatIsEnqueuedHereIsOneOfThoseThatOptunaKnows() throws IOException {
    optuna.study("s");
    optuna.start();
    optuna.parameter(
        0,
        "c",
        1,
        "{\"name\": \"CategoricalDistribution\", \"attributes\":"
            + " {\"choices\": [null, \"a\", 1.5, true, 1, \"1\"]}}");
    optuna.complete(0, 0.5);
    List<Object> values = List.of("null", "a", "1.5", true, 1, "1 (String)");
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = settings(storage).resume();
      values.forEach(value -> study.enqueue(Map.of("c", value)));
      Parameter<?> c = storage.find("s").orElseThrow().table().parameter(0);
      study.optimize(trial -> c.encode(trial.suggest(c)), RunOptions.trials(7));
      assertThat(study.trials().subList(1, 7))
          .extracting(FrozenTrial::value)
          .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
    }
    assertThat(Files.readAllLines(journal))
        .filteredOn(line -> line.contains("fixed_params"))
        .extracting(line -> line.replaceAll(".*\"c\":([^}]*)}.*", "$1"))
        .containsExactly("null", "\"a\"", "1.5", "true", "1", "\"1\"");
  }

  /** Nobody could tell the user what was wrong with it but the trial itself. */
  @Test
  void oneOfTheUserFailsItsTrialAndIsNotCalledUnused() {
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = settings(storage).create();
      study.enqueue(Map.of("x", 5.0));
      study.optimize(
          trial -> trial.uniform("x", 0, 1),
          RunOptions.trials(1).tolerating(IllegalArgumentException.class));
      assertThat(study.trials().get(0).state()).isEqualTo(TrialState.FAILED);
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .doesNotContain("never asked for")
          .contains("trial 0 failed");
    }
  }
}
