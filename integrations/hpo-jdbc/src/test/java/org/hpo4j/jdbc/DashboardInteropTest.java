package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.interop.OptunaDump.list;
import static org.hpo4j.interop.OptunaDump.map;
import static org.hpo4j.interop.OptunaDump.trialsOf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.interop.OptunaPeer;
import org.hpo4j.json.Json;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What optuna-dashboard and Optuna's plots show of studies made here. */
@Tag("interop")
class DashboardInteropTest {

  private static final int TRIALS = 30;

  private final Path folder;

  DashboardInteropTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A storage with its name in Optuna's words. */
  private record Place(Storage storage, String optuna) {}

  private Place open(String kind) {
    if (kind.equals("journal")) {
      Path journal = folder.resolve("journal.log");
      return new Place(JournalStorage.open(journal), journal.toString());
    }
    String url =
        kind.equals("SQLite")
            ? "jdbc:sqlite:" + folder.resolve("studies.db")
            : PostgresServer.newDatabase();
    return new Place(JdbcStorage.open(url), OptunaUrl.of(url));
  }

  private static Study runOne(Storage storage) {
    Study study =
        Study.named("one")
            .minimize("loss")
            .space(
                SearchSpace.of(
                    Parameters.uniform("x", 0, 1),
                    Parameters.logUniform("rate", 1e-5, 1e-1),
                    Parameters.choice("optimizer", "sgd", "adam")))
            .sampler(RandomSampler.ofDefaults())
            .seed(6)
            .storage(storage)
            .create();
    study.optimize(DashboardInteropTest::train, RunOptions.trials(TRIALS));
    return study;
  }

  /** Three epochs; some trials are pruned after the first, some end with NaN. */
  private static double train(Trial trial) {
    double x = trial.uniform("x", 0, 1);
    double loss =
        (x - 0.3) * (x - 0.3)
            + Math.abs(Math.log10(trial.logUniform("rate", 1e-5, 1e-1)) + 3)
            + trial.choice("optimizer", "sgd", "adam").length() / 10.0;
    trial.report(0, loss + 1);
    if (trial.number() % 5 == 4) {
      throw new TrialPrunedException("enough");
    }
    trial.report(1, loss + 0.5);
    trial.report(2, loss);
    return trial.number() % 7 == 6 ? Double.NaN : loss;
  }

  private static MultiObjectiveStudy runSeveral(Storage storage) {
    MultiObjectiveStudy study =
        MultiObjectiveStudy.named("several")
            .minimize("loss")
            .maximize("speed")
            .sampler(RandomSampler.ofDefaults())
            .seed(6)
            .storage(storage)
            .create();
    study.optimize(
        trial -> {
          double x = trial.uniform("x", 0, 1);
          double y = trial.uniform("y", 0, 1);
          return new double[] {x + y, y - x * x};
        },
        RunOptions.trials(TRIALS));
    return study;
  }

  private static List<FrozenTrial> complete(Study study) {
    return study.trials().stream().filter(t -> t.state() == TrialState.COMPLETE).toList();
  }

  // ---- Plots ----

  @ParameterizedTest
  @ValueSource(strings = {"journal", "SQLite", "PostgreSQL"})
  void optunaDrawsThePlotsOfAStudy(String kind) throws IOException {
    Place place = open(kind);
    try (Storage storage = place.storage()) {
      Study study = runOne(storage);
      List<FrozenTrial> complete = complete(study);
      Map<?, ?> plots = new OptunaPeer(place.optuna()).plots("one");
      assertThat(list(plots, "history"))
          .isEqualTo(complete.stream().map(FrozenTrial::value).toList());
      assertThat(list(plots, "importances")).isEqualTo(List.of("optimizer", "rate", "x"));
      assertThat(list(plots, "parallel"))
          .isEqualTo(
              Collections.nCopies(
                  complete.size(), List.of("Objective Value", "optimizer", "rate", "x")));
      assertThat(list(plots, "slice")).isEqualTo(Collections.nCopies(3, (long) complete.size()));
      assertThat(list(plots, "contour"))
          .isEqualTo(complete.stream().map(t -> t.configuration().get("rate")).toList());
      assertThat(list(plots, "intermediate"))
          .isEqualTo(
              study.trials().stream()
                  .filter(t -> t.state() != TrialState.FAILED)
                  .map(t -> t.reports(TrialTable.OBJECTIVE).stream().map(Report::value).toList())
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"journal", "SQLite", "PostgreSQL"})
  void optunaDrawsTheParetoFront(String kind) throws IOException {
    Place place = open(kind);
    try (Storage storage = place.storage()) {
      runSeveral(storage);
      assertThat(new OptunaPeer(place.optuna()).plots("several"))
          .isEqualTo(Map.of("front", (long) TRIALS));
    }
  }

  // ---- The dashboard ----

  @ParameterizedTest
  @ValueSource(strings = {"journal", "SQLite", "PostgreSQL"})
  void theDashboardServesStudies(String kind) throws Exception {
    Place place = open(kind);
    try (Storage storage = place.storage()) {
      StudyStorage every = storage.create("study", List.of(Direction.MAXIMIZE));
      TestStudies.fill(every);
      MultiObjectiveStudy several = runSeveral(storage);
      try (Dashboard dashboard = Dashboard.start(place.optuna())) {
        Map<String, Map<?, ?>> summaries = summaries(dashboard);
        assertThat(summaries).containsOnlyKeys("study", "several");
        assertThat(list(map(summaries, "study"), "directions")).isEqualTo(List.of("maximize"));
        assertThat(list(map(summaries, "several"), "directions"))
            .isEqualTo(List.of("minimize", "maximize"));
        requireShown(TestStudies.trials(every), study(dashboard, map(summaries, "study")));
        requireShown(several.trials(), study(dashboard, map(summaries, "several")));
        requireAttributes(study(dashboard, map(summaries, "study")), every.attributes());
      }
    }
  }

  private static Map<String, Map<?, ?>> summaries(Dashboard dashboard) throws Exception {
    Map<String, Map<?, ?>> summaries = new LinkedHashMap<>();
    for (Object summary : list(dashboard.get("/api/studies"), "study_summaries")) {
      Map<?, ?> study = (Map<?, ?>) summary;
      summaries.put((String) Objects.requireNonNull(study.get("study_name")), study);
    }
    return summaries;
  }

  private static Map<?, ?> study(Dashboard dashboard, Map<?, ?> summary) throws Exception {
    return dashboard.get("/api/studies/" + summary.get("study_id") + "?after=0");
  }

  private static void requireAttributes(Map<?, ?> shown, Map<String, Object> attributes) {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (Object entry : list(shown, "user_attrs")) {
      Map<?, ?> attribute = (Map<?, ?>) entry;
      String key = (String) Objects.requireNonNull(attribute.get("key"));
      String text = (String) Objects.requireNonNull(attribute.get("value"));
      // Texts are shown as they are, other values as JSON.
      boolean isText = attributes.get(key) instanceof String;
      texts.put(key, isText ? text : Json.parse(text).orElseThrow());
    }
    assertThat(texts).isEqualTo(attributes);
  }

  private static void requireShown(List<FrozenTrial> trials, Map<?, ?> shown) {
    List<Map<?, ?>> rows = trialsOf(shown);
    assertThat(rows).hasSameSizeAs(trials);
    for (FrozenTrial trial : trials) {
      Map<?, ?> row = rows.get(trial.number());
      assertThat(row.get("number")).isEqualTo((long) trial.number());
      assertThat(row.get("state")).as("state of %d", trial.number()).isEqualTo(word(trial.state()));
      requireAttributes(row, trial.attributes());
      Map<String, Object> codes = new LinkedHashMap<>();
      Configuration configuration = trial.configuration();
      for (int i = 0; i < configuration.size(); i++) {
        codes.put(configuration.parameters().get(i).name(), configuration.code(i));
      }
      assertThat(parameters(row)).as("parameters of %d", trial.number()).isEqualTo(codes);
      assertThat(reports(row))
          .as("reports of %d", trial.number())
          .containsAllEntriesOf(reports(trial));
      if (trial.outcome().isPresent()
          && trial.outcome().get() instanceof Outcome.Completed completed) {
        assertThat(list(row, "values"))
            .isEqualTo(completed.values().stream().map(v -> shown(v)).toList());
      }
    }
  }

  private static String word(TrialState state) {
    return switch (state) {
      case RUNNING -> "Running";
      case WAITING -> "Waiting";
      case COMPLETE -> "Complete";
      case PRUNED -> "Pruned";
      case FAILED -> "Fail";
    };
  }

  private static Map<String, Object> parameters(Map<?, ?> row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Object entry : list(row, "params")) {
      Map<?, ?> parameter = (Map<?, ?>) entry;
      Number value = (Number) Objects.requireNonNull(parameter.get("param_internal_value"));
      values.put((String) Objects.requireNonNull(parameter.get("name")), value.doubleValue());
    }
    return values;
  }

  private static Map<Object, Object> reports(Map<?, ?> row) {
    Map<Object, Object> reports = new LinkedHashMap<>();
    for (Object entry : list(row, "intermediate_values")) {
      Map<?, ?> report = (Map<?, ?>) entry;
      Object value = Objects.requireNonNull(report.get("value"));
      reports.put(
          Objects.requireNonNull(report.get("step")),
          value instanceof Number number ? number.doubleValue() : value);
    }
    return reports;
  }

  private static Map<Object, Object> reports(FrozenTrial trial) {
    Map<Object, Object> reports = new LinkedHashMap<>();
    trial
        .reports(TrialTable.OBJECTIVE)
        .forEach(report -> reports.put((long) report.step(), shown(report.value())));
    return reports;
  }

  /** JSON of web pages has no numbers that are not finite. */
  private static Object shown(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return value;
  }
}
