package org.hpo4j.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real MLflow server has of a smoke run: all that the article sends to its tracker. */
@Tag("interop")
class DocumentMlflowTest {
  /** Trials of each tuner: rungs of 1 and 3 epochs, and as many epochs in whole trials. */
  private static final Map<String, Integer> TRIALS =
      Map.of("hyperband", 6, "random", 4, "bayesian", 4);

  private static @Nullable MlflowServer server;
  private static List<Run> runs = List.of();

  /** A run on the server. */
  private record Run(
      String id,
      String status,
      Map<String, String> tags,
      Map<String, String> parameters,
      Map<String, Double> metrics) {

    static Run of(JsonNode run) {
      JsonNode data = run.required("data");
      Map<String, Double> metrics = new HashMap<>();
      data.path("metrics").forEach(m -> metrics.put(key(m), m.required("value").doubleValue()));
      return new Run(
          run.required("info").required("run_id").stringValue(),
          run.required("info").required("status").stringValue(),
          texts(data.path("tags")),
          texts(data.path("params")),
          metrics);
    }

    private static Map<String, String> texts(JsonNode entries) {
      return entries
          .valueStream()
          .collect(Collectors.toMap(Run::key, e -> e.required("value").stringValue()));
    }

    private static String key(JsonNode entry) {
      return entry.required("key").stringValue();
    }

    boolean isOf(String kind) {
      return kind.equals(tags.get("hpo4j.kind"));
    }
  }

  @BeforeAll
  static void runTheStudy(@TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(Files.exists(MlflowServer.REQUIREMENTS), "needs a checkout of hpo4j");
    MlflowServer started = MlflowServer.start(Files.createDirectory(folder.resolve("server")));
    server = started;
    StringWriter err = new StringWriter();
    String[] arguments = {
      "--profile", "smoke",
      "--repetitions", "1",
      "--out", folder.resolve("run").toString(),
      "--mlflow", started.address(),
      "--experiment", "forms"
    };
    int code =
        DocumentStudy.execute(
            arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
    assertThat(code).as(err.toString()).isZero();
    runs = started.runs("forms").stream().map(Run::of).toList();
  }

  @AfterAll
  static void stopTheServer() {
    if (server != null) {
      server.close();
    }
  }

  private static List<Run> studies() {
    return runs.stream().filter(run -> run.isOf("study")).toList();
  }

  private static List<Run> trials() {
    return runs.stream().filter(run -> run.isOf("trial")).toList();
  }

  private static List<Run> trials(Run study) {
    return trials().stream()
        .filter(run -> study.id.equals(run.tags.get("mlflow.parentRunId")))
        .toList();
  }

  private static JsonNode api(String method) throws IOException, InterruptedException {
    return Objects.requireNonNull(server).api(method);
  }

  /** The values of a metric by epoch. */
  private static Map<Integer, Double> history(Run run, String metric)
      throws IOException, InterruptedException {
    return api("metrics/get-history?run_id=%s&metric_key=%s".formatted(run.id, metric))
        .required("metrics")
        .valueStream()
        .collect(
            Collectors.toMap(
                m -> m.required("step").asInt(), m -> m.required("value").doubleValue()));
  }

  private static List<String> files(Run run) throws IOException, InterruptedException {
    return api("artifacts/list?run_id=" + run.id)
        .path("files")
        .valueStream()
        .map(file -> file.required("path").stringValue())
        .toList();
  }

  @Test
  void eachRunOfATunerHasItsTrialsWithinIt() {
    assertThat(studies())
        .extracting(run -> run.tags.get("tuner"))
        .containsExactlyInAnyOrderElementsOf(TRIALS.keySet());
    assertThat(studies())
        .allSatisfy(
            study ->
                assertThat(trials(study)).hasSize(TRIALS.getOrDefault(study.tags.get("tuner"), 0)));
    assertThat(runs).allSatisfy(run -> assertThat(run.status).isEqualTo("FINISHED"));
  }

  @Test
  void aRunSaysOfWhatProjectTunerStudyAndTrialItIs() {
    assertThat(runs)
        .allSatisfy(
            run ->
                assertThat(run.tags)
                    .containsEntry("hpo4j.project", "forms")
                    .containsEntry("hpo4j.study", "documents-" + run.tags.get("tuner") + "-0")
                    .containsKey("hpo4j.sampler"));
    assertThat(studies()).extracting(run -> run.tags.get("hpo4j.study_id")).doesNotHaveDuplicates();
    assertThat(studies())
        .allSatisfy(
            study ->
                assertThat(trials(study))
                    .extracting(trial -> trial.tags.get("hpo4j.trial"))
                    .doesNotContainNull()
                    .doesNotHaveDuplicates());
  }

  @Test
  void aRunNamesTheObjectiveAndItsDirection() {
    assertThat(runs)
        .allSatisfy(
            run ->
                assertThat(run.tags)
                    .containsEntry("hpo4j.objective", "val_f1")
                    .containsEntry("hpo4j.direction", "maximize"));
  }

  @Test
  void aTrialHasItsParameters() {
    assertThat(trials())
        .allSatisfy(
            run ->
                assertThat(run.parameters)
                    .containsKeys("net_depth", "dropout", "bn_before_activation")
                    .hasEntrySatisfying("start_neurons", n -> assertThat(n).isIn("4", "8"))
                    .hasEntrySatisfying(
                        "activation", a -> assertThat(a).isIn("mish", "elu", "leaky_relu")));
    assertThat(trials())
        .filteredOn(run -> "hyperband".equals(run.tags.get("tuner")))
        .extracting(run -> run.parameters.get("fidelity/resource"))
        .containsOnly("1", "3");
  }

  @Test
  void aTrialHasItsMetricsByEpochAndItsScore() throws Exception {
    for (Run run : trials()) {
      int first = Integer.parseInt(run.parameters.getOrDefault("fidelity/initial", "0"));
      int last = Integer.parseInt(run.parameters.getOrDefault("fidelity/resource", "3"));
      for (String metric :
          List.of(
              "val_f1",
              "val_precision",
              "val_recall",
              "val_iou",
              "training_loss",
              "validation_loss")) {
        assertThat(history(run, metric)).as(metric).hasSize(last - first).containsKey(last);
      }
      assertThat(run.metrics).containsKey("run_score");
    }
  }

  @Test
  void aStudyHasTheBestScoreAndItsParameters() {
    for (Run study : studies()) {
      double best =
          trials(study).stream().mapToDouble(t -> t.metrics.get("run_score")).max().orElseThrow();
      assertThat(study.metrics).containsEntry("best_score", best);
      Run bestTrial =
          trials(study).stream()
              .filter(
                  t ->
                      Objects.equals(study.tags.get("hpo4j.best_trial"), t.tags.get("hpo4j.trial")))
              .findFirst()
              .orElseThrow();
      JsonNode parameters = JsonMapper.shared().readTree(study.tags.get("hpo4j.best_parameters"));
      assertThat(bestTrial.metrics).containsEntry("run_score", best);
      assertThat(parameters.propertyNames())
          .hasSize(5)
          .allSatisfy(
              name ->
                  assertThat(parameters.required(name).asString())
                      .isEqualTo(bestTrial.parameters.get(name)));
    }
  }

  @Test
  void aStudyHasTheSearchSpace() {
    assertThat(studies())
        .allSatisfy(
            study ->
                assertThat(study.parameters)
                    .containsOnly(
                        Map.entry("space/start_neurons", "integer(4, 8, 4)"),
                        Map.entry("space/net_depth", "integer(2, 3)"),
                        Map.entry("space/dropout", "choice(false, true)"),
                        Map.entry("space/bn_before_activation", "choice(false, true)"),
                        Map.entry("space/activation", "choice(mish, elu, leaky_relu)")));
  }

  /** GPUs are there where {@code nvidia-smi} shows some; see docs/mlflow.md. */
  @Test
  void theUseOfProcessorsAndMemoryIsThere() {
    assertThat(trials())
        .anySatisfy(
            run ->
                assertThat(run.metrics)
                    .containsKeys(
                        "system/cpu_utilization_percentage",
                        "system/process_cpu_utilization_percentage",
                        "system/system_memory_usage_percentage",
                        "system/jvm_heap_usage_megabytes"));
  }

  @Test
  void filesOfTrialsAndOfTheStudyAreThere() throws Exception {
    for (Run study : studies()) {
      assertThat(files(study))
          .contains("summary.txt", "search_space.json", "trials.csv", "best_trials.json");
    }
    boolean weights = false;
    for (Run trial : trials()) {
      weights |= files(trial).contains("weights.safetensors");
    }
    assertThat(weights).isTrue();
  }
}
