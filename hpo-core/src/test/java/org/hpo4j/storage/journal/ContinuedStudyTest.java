package org.hpo4j.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.hpo4j.json.Json;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that Optuna has made and that goes on here: Optuna takes no value out of its range. */
class ContinuedStudyTest {

  private final Path journal;
  private int trials;

  ContinuedStudyTest(@TempDir Path folder) {
    journal = folder.resolve("journal");
  }

  @BeforeEach
  void makeStudyOfOptuna() throws IOException {
    append("0, \"study_name\": \"s\", \"directions\": [1]");
  }

  private void append(String fields) throws IOException {
    Files.writeString(
        journal,
        "{\"worker_id\": \"w\", \"op_code\": " + fields + "}\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String numbers(String kind, String low, String high, String more) {
    String json =
        "{\"name\": \"%sDistribution\", \"attributes\": {\"low\": %s, \"high\": %s%s}}"
            .formatted(kind, low, high, more);
    return Json.write(json);
  }

  private void appendTrial(double internal, String distribution) throws IOException {
    append("4, \"study_id\": 0, \"datetime_start\": \"2026-11-26T02:44:43.415843+00:00\"");
    append(
        "5, \"trial_id\": %d, \"param_name\": \"x\", \"param_value_internal\": %s, \"distribution\": %s"
            .formatted(trials, internal, distribution));
    append(
        "6, \"trial_id\": %d, \"state\": 1, \"values\": [0.5], \"datetime_complete\":"
                .formatted(trials)
            + " \"2026-11-26T02:44:44.415843+00:00\"");
    trials++;
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

  @Test
  void aDistributionThatIsKeptHereIsRepeatedToTheLetter() throws IOException {
    appendTrial(0.5, numbers("Float", "0.0", "1.0", ", \"step\": 0.25, \"log\": false"));
    assertThat(distributionsOfNextTrials())
        .containsExactly(
            "{\"name\": \"FloatDistribution\", \"attributes\": {\"low\": 0.0, \"high\": 1.0,"
                + " \"step\": 0.25, \"log\": false}}");
  }
}
