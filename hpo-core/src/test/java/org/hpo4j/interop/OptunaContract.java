package org.hpo4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hpo4j.contract.TestStudies.finish;
import static org.hpo4j.contract.TestStudies.start;
import static org.hpo4j.contract.TestStudies.trials;
import static org.hpo4j.interop.OptunaDump.list;
import static org.hpo4j.interop.OptunaDump.map;
import static org.hpo4j.interop.OptunaDump.requireEqual;
import static org.hpo4j.interop.OptunaDump.state;
import static org.hpo4j.interop.OptunaDump.time;
import static org.hpo4j.interop.OptunaDump.trialsOf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.RunOptions;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Report;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One storage, written by this library and by the real Optuna. */
public abstract class OptunaContract {

  private final List<Storage> storages = new ArrayList<>();

  /** Optuna on the same storage. */
  protected abstract OptunaPeer optuna();

  /** Opens the storage anew, as another process would. */
  protected abstract Storage open();

  private Storage opened() {
    Storage storage = open();
    storages.add(storage);
    return storage;
  }

  /** A study with all that can be done to one, made here. */
  protected final StudyStorage filled() {
    StudyStorage study = opened().create("study", List.of(Direction.MAXIMIZE));
    TestStudies.fill(study);
    return study;
  }

  private StudyStorage reopen() {
    return opened().find("study").orElseThrow();
  }

  @AfterEach
  void close() {
    storages.forEach(Storage::close);
  }

  // ---- Made here ----

  @Test
  void optunaReadsEveryTrial() throws IOException {
    StudyStorage study = filled();
    requireEqual(reopen(), optuna().dump("study"));
    assertThat(study.table().size()).isEqualTo(9);
  }

  @Test
  void optunaReadsTheStudy() throws IOException {
    StudyStorage study = filled();
    Map<?, ?> dump = optuna().dump("study");
    assertThat(list(dump, "directions")).isEqualTo(List.of("MAXIMIZE"));
    assertThat(list(dump, "metric_names")).isEqualTo(List.of("loss"));
    assertThat(map(dump, "user_attrs")).isEqualTo(study.attributes());
    assertThat(map(trialsOf(dump).get(2), "system_attrs"))
        .isEqualTo(
            Map.of(
                "hpo4j:joint",
                Map.of("x", 0.25),
                "hpo4j:failure",
                Map.of("reason", "OUT_OF_MEMORY", "message", "no \"device\" memory")));
  }

  @Test
  void optunaContinuesAndIsContinued() throws IOException {
    StudyStorage study = filled();
    List<FrozenTrial> before = trials(study);
    Map<?, ?> dump = optuna().carryOn("study", 8);
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
    Map<?, ?> more = optuna().carryOn("study", 1);
    requireEqual(reopen(), more);
  }

  @Test
  void agreesOnTheParetoFrontUnderConstraints() throws IOException {
    try (Storage storage = open()) {
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
      List<?> best = list(optuna().dump("study"), "best");
      assertThat(best.stream().map(number -> ((Number) number).intValue()).toList())
          .containsExactlyInAnyOrderElementsOf(
              study.paretoFront().stream().map(FrozenTrial::number).toList());
    }
  }

  // ---- Made by Optuna ----

  @Test
  void opensAStudyMadeByOptuna() throws IOException {
    Map<?, ?> dump = optuna().make("study");
    assertThat(opened().studyNames()).containsExactly("other", "study");
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
    optuna().make("study");
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
    optuna().make("study");
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
    Map<?, ?> trial = trialsOf(optuna().dump("study")).get(5);
    assertThat(trial.get("state")).isEqualTo("COMPLETE");
    assertThat(trial.get("params")).isEqualTo(Map.of("float", 0.25));
  }
}
