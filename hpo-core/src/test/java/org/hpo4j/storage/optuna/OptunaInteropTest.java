package org.hpo4j.storage.optuna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.contract.TestStudies.x;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.json.Json;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.RunOptions;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One journal, written by this library and by the real Optuna. */
@Tag("interop")
class OptunaInteropTest {

  /** The trial of {@link TestStudies#fill} that was given back after a report at step 0. */
  private static final int REQUEUED = 6;

  private final Path journal;
  private final OptunaPeer optuna;

  OptunaInteropTest(@TempDir Path folder) throws IOException {
    this.journal = folder.resolve("journal.log");
    this.optuna = OptunaPeer.install();
  }

  private StudyStorage filled() {
    StudyStorage study = JournalStorage.open(journal).create("study", List.of(Direction.MAXIMIZE));
    TestStudies.fill(study);
    return study;
  }

  private StudyStorage reopen() {
    return JournalStorage.open(journal).find("study").orElseThrow();
  }

  // ---- What Optuna says, in the words of a trial ----

  private static List<?> list(Map<?, ?> map, String key) {
    return (List<?>) Objects.requireNonNull(map.get(key), key);
  }

  private static Map<?, ?> map(Map<?, ?> map, String key) {
    return (Map<?, ?>) Objects.requireNonNull(map.get(key), key);
  }

  private static List<Map<?, ?>> trialsOf(Map<?, ?> dump) {
    List<Map<?, ?>> trials = new ArrayList<>();
    list(dump, "trials").forEach(trial -> trials.add((Map<?, ?>) trial));
    return trials;
  }

  private static String state(TrialState state) {
    return state == TrialState.FAILED ? "FAIL" : state.name();
  }

  private static Optional<Instant> time(@Nullable Object text) {
    return Optional.ofNullable(text).map(t -> OffsetDateTime.parse((String) t).toInstant());
  }

  /** A value as JSON has it: integers are long, options that are no JSON values their labels. */
  private static Object plain(Parameter<?> parameter, Object value) {
    if (value instanceof Number number) {
      return rounded(number);
    }
    return value instanceof Boolean || value instanceof String
        ? value
        : parameter.domain().label(parameter.encode(value));
  }

  /** Optuna computes 3.2 + 92 * 0.8 and gets 76.80000000000001; here it is the multiple 76.8. */
  private static double rounded(Number number) {
    double value = number.doubleValue();
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).round(new MathContext(14)).doubleValue()
        : value;
  }

  private static Map<String, Object> plain(Configuration configuration) {
    Map<String, Object> plain = new LinkedHashMap<>();
    configuration
        .parameters()
        .forEach(
            p -> {
              // Options under labels of the user's own go by these.
              boolean labelled = p.name().equals("labelled");
              Object value = labelled ? "thousand" : configuration.get(p.name());
              plain.put(p.name(), plain(p, value));
            });
    return plain;
  }

  private static Map<String, Object> numbersAsDoubles(Map<?, ?> values) {
    Map<String, Object> result = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            result.put((String) name, value instanceof Number n ? (Object) rounded(n) : value));
    return result;
  }

  private static void requireEqual(StudyStorage study, Map<?, ?> dump) {
    List<FrozenTrial> ours = trials(study);
    List<Map<?, ?>> theirs = trialsOf(dump);
    assertThat(theirs).hasSameSizeAs(ours);
    for (int number = 0; number < ours.size(); number++) {
      FrozenTrial our = ours.get(number);
      Map<?, ?> their = theirs.get(number);
      assertThat(their.get("state")).as("state of %d", number).isEqualTo(state(our.state()));
      List<Double> values =
          our.outcome().isPresent() && our.outcome().get() instanceof Outcome.Completed completed
              ? completed.values()
              : null;
      if (our.state() == TrialState.PRUNED) {
        values = List.of(study.table().value(number, 0));
      }
      assertThat(their.get("values")).as("values of %d", number).isEqualTo(values);
      assertThat(numbersAsDoubles(map(their, "params")))
          .as("parameters of %d", number)
          .isEqualTo(plain(our.configuration()));
      Map<String, Object> reports = new LinkedHashMap<>();
      for (Report report : our.reports(TrialTable.OBJECTIVE)) {
        reports.put(Integer.toString(report.step()), rounded(report.value()));
      }
      assertThat(numbersAsDoubles(map(their, "intermediate_values")))
          .as("reports of %d", number)
          .containsAllEntriesOf(reports);
      // Optuna has no way to forget the reports of a trial that was given back to the queue.
      if (number != REQUEUED) {
        assertThat(map(their, "intermediate_values")).hasSameSizeAs(reports);
      }
      assertThat(map(their, "user_attrs")).isEqualTo(our.attributes());
      assertThat(time(their.get("started"))).isEqualTo(our.started());
      assertThat(time(their.get("ended"))).isEqualTo(our.ended());
    }
  }

  // ---- Made here ----

  @Test
  void optunaReadsEveryTrial() throws IOException {
    StudyStorage study = filled();
    requireEqual(reopen(), optuna.run("dump", journal, "study", 0));
    assertThat(study.table().size()).isEqualTo(9);
  }

  @Test
  void optunaReadsTheStudy() throws IOException {
    StudyStorage study = filled();
    Map<?, ?> dump = optuna.run("dump", journal, "study", 0);
    assertThat(list(dump, "directions")).isEqualTo(List.of("MAXIMIZE"));
    assertThat(list(dump, "metric_names")).isEqualTo(List.of("loss"));
    assertThat(map(dump, "user_attrs")).isEqualTo(study.attributes());
    assertThat(map(trialsOf(dump).get(2), "system_attrs"))
        .isEqualTo(
            Map.of(
                "hpo4j:failure",
                Map.of("reason", "OUT_OF_MEMORY", "message", "no \"device\" memory")));
  }

  @Test
  void optunaReadsTheEnclosingDistributions() throws IOException {
    filled();
    Map<?, ?> distributions =
        map(trialsOf(optuna.run("dump", journal, "study", 0)).get(0), "distributions");
    for (Parameter<?> parameter : TestStudies.ALL_DOMAINS) {
      Distribution written = Distribution.parse(Distribution.textOf(parameter.domain()));
      Distribution read = Distribution.parse(Json.write(map(distributions, parameter.name())));
      assertThat(read).as(parameter.name()).isEqualTo(written);
    }
  }

  @Test
  void optunaContinuesAndIsContinued() throws IOException {
    StudyStorage study = filled();
    List<FrozenTrial> before = trials(study);
    Map<?, ?> dump = optuna.run("continue", journal, "study", 8);
    // The live study sees what Optuna did: two waiting trials first, then six new ones.
    study.refresh();
    requireEqual(study, dump);
    assertThat(trials(study).subList(0, 4)).isEqualTo(before.subList(0, 4));
    assertThat(study.table().size()).isEqualTo(15);
    assertThat(study.table().count(TrialState.WAITING)).isZero();
    assertThat(study.table().configuration(4).get("x")).isEqualTo(0.75);
    assertThat(study.table().outcome(6))
        .hasValueSatisfying(
            outcome ->
                assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(FailureReason.EXCEPTION));
    // And goes on.
    study.commit(
        List.of(start(15, TestStudies.all(0.4)), finish(15, Outcome.completed(2))),
        Durability.DURABLE);
    Map<?, ?> more = optuna.run("continue", journal, "study", 1);
    requireEqual(reopen(), more);
  }

  @Test
  void bothWriteAtTheSameTime() throws IOException {
    int count = 25;
    StudyStorage study = filled();
    CompletableFuture<Map<?, ?>> python =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return optuna.run("continue", journal, "study", count);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    int mine = 0;
    while (mine < count || !python.isDone()) {
      // As long as a very short objective; Optuna waits up to 1 s between two looks at the lock.
      LockSupport.parkNanos(5_000_000);
      study.refresh();
      int number = study.table().size();
      if (study.commit(List.of(start(number, x(0.5))), Durability.VISIBLE)[0] >= 0) {
        study.commit(
            List.of(
                new StudyChange.SetTrialAttribute(number, "by", "java"),
                finish(number, Outcome.completed(mine))),
            Durability.DURABLE);
        mine++;
      }
    }
    python.join();
    Map<?, ?> dump = optuna.run("dump", journal, "study", 0);
    requireEqual(reopen(), dump);
    assertThat(trialsOf(dump).stream().filter(t -> by(t, "python"))).hasSize(count);
    assertThat(trialsOf(dump).stream().filter(t -> by(t, "java"))).hasSize(mine);
  }

  private static boolean by(Map<?, ?> trial, String who) {
    return who.equals(map(trial, "user_attrs").get("by"));
  }

  @Test
  void agreesOnTheParetoFrontUnderConstraints() throws IOException {
    try (Storage storage = JournalStorage.open(journal)) {
      MultiObjectiveStudy study =
          MultiObjectiveStudy.named("study")
              .minimize("loss")
              .maximize("speed")
              .constraints("memory", "time")
              .sampler(RandomSampler.ofDefaults())
              .seed(3)
              .storage(storage)
              .create();
      study.optimize(
          trial -> {
            double x = trial.uniform("x", 0, 1);
            double y = trial.uniform("y", 0, 1);
            trial.constrain("memory", x - 0.8);
            trial.constrain("time", 0.2 - y);
            return new double[] {x + y, y - x * x};
          },
          RunOptions.trials(40));
      List<?> best = list(optuna.run("dump", journal, "study", 0), "best");
      assertThat(best.stream().map(number -> ((Number) number).intValue()).toList())
          .containsExactlyInAnyOrderElementsOf(
              study.paretoFront().stream().map(FrozenTrial::number).toList());
    }
  }

  // ---- Made by Optuna ----

  @Test
  void opensAStudyMadeByOptuna() throws IOException {
    Map<?, ?> dump = optuna.run("make", journal, "study", 0);
    assertThat(JournalStorage.open(journal).studyNames()).containsExactly("other", "study");
    StudyStorage study = reopen();
    assertThat(study.table().directions()).containsExactly(Direction.MINIMIZE, Direction.MAXIMIZE);
    assertThat(study.attributes()).isEqualTo(map(dump, "user_attrs"));
    assertThat(study.systemAttributes()).isEqualTo(map(dump, "system_attrs"));
    List<Map<?, ?>> theirs = trialsOf(dump);
    List<FrozenTrial> ours = trials(study);
    assertThat(ours).hasSameSizeAs(theirs);
    for (int number = 0; number < 3; number++) {
      assertThat(((Outcome.Completed) ours.get(number).outcome().orElseThrow()).values())
          .isEqualTo(list(theirs.get(number), "values"));
      assertThat(ours.get(number).constraints()).containsExactly(number - 1.0);
      assertThat(ours.get(number).reports(TrialTable.OBJECTIVE))
          .containsExactly(
              new Report(0, Double.NaN),
              new Report(3, Double.POSITIVE_INFINITY),
              new Report(12, -1.5));
      assertThat(ours.get(number).started()).isEqualTo(time(theirs.get(number).get("started")));
    }
    assertThat(IntStream.range(0, 7).mapToObj(n -> state(ours.get(n).state())))
        .isEqualTo(theirs.stream().map(t -> t.get("state")).toList());
  }

  @Test
  void opensTheValuesOfAStudyMadeByOptuna() throws IOException {
    optuna.run("make", journal, "study", 0);
    List<FrozenTrial> ours = trials(reopen());
    assertThat(ours.get(1).configuration().toMap())
        .isEqualTo(
            Map.of(
                "float", 1.0,
                "log", 0.1,
                "step", 0.3,
                "shifted", 0.15000000000000002,
                "int", 3,
                "intlog", 2,
                "large", 999_999_999_999.0,
                "category", 2.5,
                "text", 1,
                "single", "only"));
    assertThat(ours.get(0).configuration().get("category")).isEqualTo("null");
  }

  @Test
  void claimsATrialThatOptunaEnqueued() throws IOException {
    optuna.run("make", journal, "study", 0);
    StudyStorage study = reopen();
    assertThat(study.table().systemAttribute(5, TrialTable.FIXED_PARAMETERS))
        .hasValueSatisfying(fixed -> assertThat(((Map<?, ?>) fixed).get("float")).isEqualTo(0.25));
    Parameter<?> parameter = study.table().parameter(study.table().columnOf("float"));
    study.commit(
        List.of(
            new StudyChange.ClaimTrial(5, Configuration.empty(), TestStudies.START),
            new StudyChange.SetParameter(5, parameter, 0.25),
            finish(5, new Outcome.Completed(List.of(1.0, 2.0)))),
        Durability.DURABLE);
    Map<?, ?> trial = trialsOf(optuna.run("dump", journal, "study", 0)).get(5);
    assertThat(trial.get("state")).isEqualTo("COMPLETE");
    assertThat(trial.get("params")).isEqualTo(Map.of("float", 0.25));
  }
}
