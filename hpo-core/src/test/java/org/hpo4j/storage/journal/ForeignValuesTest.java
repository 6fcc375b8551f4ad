package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.space.Parameters.qlogUniform;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.storage.journal.OptunaJournal.numbers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that Optuna has chosen for a study made here, whose exact domains it does not know. */
class ForeignValuesTest {

  private static final Parameter<Double> UNITS = qlogUniform("units", 16, 1024, 16);
  private static final Parameter<Double> X = uniform("x", 0, 1);

  private final Path journal;
  private final OptunaJournal optuna;

  ForeignValuesTest(@TempDir Path folder) {
    journal = folder.resolve("journal");
    optuna = new OptunaJournal(journal);
  }

  private StudyBuilder settings(Storage storage) {
    return Study.named("s").minimize("loss").seed(1).storage(storage);
  }

  private static void run(Study study, int trials) {
    study.optimize(
        trial -> trial.suggest(UNITS) / 1024 + trial.suggest(X), RunOptions.trials(trials));
  }

  /** A trial of Optuna, complete with the value 0.25. */
  private void appendTrial(int trialId, double units, double x) throws IOException {
    optuna.start();
    optuna.parameter(
        trialId,
        "units",
        units,
        numbers("Float", "16.0", "1024.0", ", \"step\": null, \"log\": true"));
    optuna.parameter(
        trialId, "x", x, numbers("Float", "0.0", "1.0", ", \"step\": null, \"log\": false"));
    optuna.complete(trialId, 0.25);
  }

  private static Configuration configuration(Study study, int number) {
    FrozenTrial trial = study.trials().get(number);
    assertThat(trial.state()).isEqualTo(TrialState.COMPLETE);
    assertThat(trial.value()).isEqualTo(0.25);
    return trial.configuration();
  }

  @Test
  void doNotChangeTheDomainsOfARunThatGoesOnOrIsResumed() throws IOException {
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = settings(storage).sampler(RandomSampler.ofDefaults()).createOrResume();
      run(study, 2);
      appendTrial(2, 90.6, 0.5);
      appendTrial(3, 500.1, 2);
      run(study, 6);
    }
    for (var sampler : List.of(TpeSampler.ofDefaults(), GpSampler.ofDefaults())) {
      try (Storage storage = JournalStorage.open(journal)) {
        StudyBuilder settings = settings(storage).sampler(sampler);
        Study study = settings.space(SearchSpace.of(UNITS, X)).createOrResume();
        run(study, study.trials().size() + 12);
        assertThat(configuration(study, 2))
            .isEqualTo(Configuration.builder().put(UNITS, 96.0).put(X, 0.5).build());
        assertThat(configuration(study, 3))
            .isEqualTo(Configuration.builder().put(UNITS, 496.0).build());
      }
    }
  }

  @Test
  void areLeftOutWhereTheyHaveNoPlaceInAnyDomainOfTheStudy() throws IOException {
    optuna.study("s");
    String ints = numbers("Int", "1", "10", ", \"step\": 1, \"log\": false");
    String positive = numbers("Float", "0.1", "1.0", ", \"step\": null, \"log\": true");
    optuna.start();
    optuna.parameter(0, "i", 3, ints);
    optuna.parameter(0, "l", 0.5, positive);
    optuna.complete(0, 0.25);
    optuna.start();
    optuna.parameter(1, "i", 1e30, ints);
    optuna.parameter(1, "l", -1, positive);
    optuna.complete(1, 0.25);
    optuna.start();
    optuna.parameter(2, "i", 12, ints);
    optuna.parameter(2, "l", Double.POSITIVE_INFINITY, positive);
    optuna.complete(2, 0.25);
    optuna.add(
        "{\"i\": 4, \"l\": 0.5}",
        Map.of("i", ints, "l", numbers("Float", "0.1", "1.0", ", \"step\": null, \"log\": false")),
        "{}");
    try (Storage storage = JournalStorage.open(journal)) {
      Study study = settings(storage).resume();
      assertThat(study.trials())
          .extracting(trial -> trial.configuration().toMap())
          .containsExactly(Map.of("i", 3, "l", 0.5), Map.of(), Map.of("i", 12), Map.of("i", 4));
      run(study, 5);
      assertThat(study.trials()).hasSize(5);
    }
  }

  /** As Optuna copies trials: with what was drawn for them here and never asked for. */
  @Test
  void areLeftOutOfJointDrawsWhereTheStudyDoesNotKnowTheirParameters() throws IOException {
    optuna.study("s");
    optuna.add(
        "{\"x\": 0.5}",
        Map.of("x", numbers("Float", "0.0", "1.0", ", \"step\": null, \"log\": false")),
        "{\"hpo4j:joint\": {\"x\": 0.5, \"y\": 0.25}}");
    try (Storage storage = JournalStorage.open(journal)) {
      assertThat(configuration(settings(storage).resume(), 0))
          .isEqualTo(Configuration.builder().put(X, 0.5).build());
    }
  }

  @Test
  void ofWaitingTrialsAreIntegersRatherThanTextsThatLookLikeThem() throws IOException {
    optuna.study("s");
    optuna.start();
    optuna.parameter(
        0,
        "c",
        0,
        "{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [\"1\", 1]}}");
    optuna.complete(0, 0.25);
    optuna.enqueue("{\"c\": 1}");
    try (Storage storage = JournalStorage.open(journal)) {
      Parameter<?> mixed = storage.find("s").orElseThrow().table().parameters().get(0);
      Study study = settings(storage).resume();
      study.enqueue(Map.of("c", 1));
      study.enqueue(Map.of("c", "1"));
      List<Object> values = new ArrayList<>();
      study.optimize(
          trial -> {
            values.add(trial.suggest(mixed));
            return 1;
          },
          RunOptions.trials(4));
      assertThat(values).containsExactly(1, 1, "1");
    }
  }
}
