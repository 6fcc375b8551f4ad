package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hpo4j.storage.journal.OptunaJournal.numbers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.BaseStudy;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study that Optuna has made and that goes on here: Optuna takes no value out of its range. */
class ContinuedStudyTest {

  private final Path journal;
  private final OptunaJournal optuna;
  private int trials;

  ContinuedStudyTest(@TempDir Path folder) {
    journal = folder.resolve("journal");
    optuna = new OptunaJournal(journal);
  }

  @BeforeEach
  void makeStudyOfOptuna() throws IOException {
    optuna.study("s");
  }

  private void appendTrial(double internal, String distribution) throws IOException {
    optuna.start();
    optuna.parameter(trials, "x", internal, distribution);
    optuna.complete(trials, 0.5);
    trials++;
  }

  /** Names of objectives among it, which Optuna would then use. */
  @Test
  void nothingIsAddedToItByWhoeverLooksAtIt() throws IOException {
    appendTrial(0.5, numbers("Float", "0.0", "1.0", ", \"step\": null, \"log\": false"));
    String before = Files.readString(journal);
    try (Storage storage = JournalStorage.open(journal)) {
      assertThat(BaseStudy.reopen("s", storage, RandomSampler.ofDefaults()).trials()).hasSize(1);
      assertThat(Files.readString(journal)).isEqualTo(before);

      Study.named("s").minimize("loss").storage(storage).resume();
      assertThat(Files.readString(journal)).contains("study:metric_names", "loss", "hpo4j:seed");
    }
  }

  /** Of the seeds that they would have chosen, all take the one that was first. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void severalProgramsMayOpenItAtOnce(boolean reopen) throws IOException {
    appendTrial(0.5, numbers("Float", "0.0", "1.0", ", \"step\": null, \"log\": false"));
    try (Storage first = JournalStorage.open(journal);
        Storage second = JournalStorage.open(journal)) {
      List<Study> studies =
          Stream.of(first, second)
              .map(
                  storage ->
                      reopen
                          ? (Study) BaseStudy.reopen("s", storage, RandomSampler.ofDefaults())
                          : Study.named("s").minimize("loss").storage(storage).resume())
              .toList();
      for (Study study : studies) {
        study.optimize(trial -> trial.uniform("x", 0, 1), RunOptions.additionalTrials(1));
      }
      assertThat(studies.get(1).trials()).hasSize(3);
    }
  }

  /** Goes on with the parameter as it is known here, and returns what the file says of it. */
  private List<String> distributionsOfNextTrials() throws IOException {
    long before = Files.size(journal);
    try (Storage storage = JournalStorage.open(journal)) {
      Study study =
          Study.named("s")
              .minimize("loss")
              .seed(1)
              .sampler(RandomSampler.ofDefaults())
              .storage(storage)
              .resume();
      Parameter<?> x = storage.find("s").orElseThrow().table().parameter(0);
      study.optimize(
          trial -> ((Number) trial.suggest(x)).doubleValue(), RunOptions.additionalTrials(20));
    }
    return Files.readString(journal)
        .substring((int) before)
        .lines()
        .filter(line -> line.contains("distribution") && line.contains("\"x\""))
        .map(line -> line.replaceAll(".*(\\{\\\\\"name.*?\\}\\}).*", "$1").replace("\\", ""))
        .distinct()
        .toList();
  }

  @Test
  void aRangeThatOptunaHasWidenedIsWrittenAsItIsNow() throws IOException {
    appendTrial(0.5, numbers("Float", "0.0", "1.0", ""));
    appendTrial(60, numbers("Float", "-7.0", "71.0", ""));
    assertThat(distributionsOfNextTrials())
        .containsExactly(
            "{\"name\":\"FloatDistribution\",\"attributes\":{\"low\":-7.0,\"high\":71.0}}");
  }

  /** The next trial is told of it, as soon as it asks. */
  @Test
  void aTrialThatRanWhileItsRangeWasWidenedIsKept() throws IOException {
    appendTrial(0.5, numbers("Float", "0.0", "1.0", ""));
    try (Storage storage = JournalStorage.open(journal)) {
      Study study =
          Study.named("s")
              .minimize("loss")
              .sampler(RandomSampler.ofDefaults())
              .storage(storage)
              .resume();
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  study.optimize(
                      trial -> {
                        double x = trial.uniform("x", 0, 1);
                        trials = 2;
                        appendTrial(1.75, numbers("Float", "0.0", "2.0", ""));
                        return x;
                      },
                      RunOptions.additionalTrials(3)))
          .withMessageContaining("'x' is uniform(0.0, 2.0) in this study");
      FrozenTrial ran = study.trial(1);
      assertThat(ran.state()).isEqualTo(TrialState.COMPLETE);
      assertThat(ran.configuration().get("x")).isEqualTo(ran.value());
    }
  }

  @Test
  void widenedIntegersStayIntegers() throws IOException {
    appendTrial(2, numbers("Int", "0", "3", ""));
    appendTrial(9, numbers("Int", "0", "12", ", \"step\": 3"));
    assertThat(distributionsOfNextTrials())
        .containsExactly("{\"name\":\"IntDistribution\",\"attributes\":{\"low\":0,\"high\":12}}");
  }

  @Test
  void aGridThatHasNoDomainHereIsWrittenAsTheRangeThatItsValuesAreTakenFrom() throws IOException {
    appendTrial(-0.7, numbers("Float", "-1.0", "0.8", ", \"step\": 0.3"));
    assertThat(distributionsOfNextTrials())
        .containsExactly(
            "{\"name\":\"FloatDistribution\",\"attributes\":{\"low\":-1.0,\"high\":0.8}}");
  }

  @Test
  void stepsOfLongIntegersAreNotClaimed() throws IOException {
    appendTrial(2, numbers("Int", "-10000000000", "10000000001", ", \"step\": 3"));
    assertThat(distributionsOfNextTrials())
        .containsExactly(
            "{\"name\":\"IntDistribution\",\"attributes\":{\"low\":-10000000000,\"high\":10000000001}}");
  }

  /** Optuna has classes of their own for them, with which today's do not go together. */
  @Test
  void distributionsOfOldNamesAreRepeatedEvenWhereTheyAreTooNarrow() throws IOException {
    appendTrial(0.5, numbers("Uniform", "0.0", "1.0", ""));
    appendTrial(60, numbers("Uniform", "-7.0", "71.0", ""));
    assertThat(distributionsOfNextTrials())
        .containsExactly(
            "{\"name\": \"UniformDistribution\", \"attributes\": {\"low\": 0.0, \"high\": 1.0}}");
  }

  @Test
  void aDistributionThatIsKeptHereIsRepeatedToTheLetter() throws IOException {
    appendTrial(0.5, numbers("Float", "0.0", "1.0", ", \"step\": 0.25, \"log\": false"));
    assertThat(distributionsOfNextTrials())
        .containsExactly(
            "{\"name\": \"FloatDistribution\", \"attributes\": {\"low\": 0.0, \"high\": 1.0,"
                + " \"step\": 0.25, \"log\": false}}");
  }
}
