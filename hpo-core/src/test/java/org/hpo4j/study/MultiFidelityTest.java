package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.auto.AutoSampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.hyperband.AshaSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies whose sampler decides how far trials train. */
class MultiFidelityTest {

  private static final Parameter<Double> X = uniform("x", -5, 5);
  private static final String CHECKPOINT = "weights.txt";

  static Stream<Sampler> schedulers() {
    return Stream.of(
        HyperbandSampler.of(20),
        HyperbandSampler.builder(20).synchronous(true).build(),
        HyperbandSampler.builder(20).around(TpeSampler.ofDefaults()).build(),
        HyperbandSampler.builder(20).around(GpSampler.ofDefaults()).build(),
        HyperbandSampler.builder(20).around(AutoSampler.ofDefaults()).build(),
        AshaSampler.builder(20).reductionFactor(3).around(TpeSampler.ofDefaults()).build());
  }

  private static Study study(Sampler sampler) {
    return Study.named("fidelity").minimize("loss").sampler(sampler).seed(7).create();
  }

  /** Falls with training towards a value that x decides. */
  private static double train(Trial trial) {
    double x = trial.suggest(X);
    Fidelity fidelity = trial.fidelity().orElseThrow();
    double loss = Double.NaN;
    for (int epoch = fidelity.initialResource(); epoch < fidelity.resource(); epoch++) {
      loss = (x - 1) * (x - 1) + 10 * Math.exp(-0.3 * (epoch + 1));
      trial.report(epoch, loss);
    }
    return loss;
  }

  private static List<FrozenTrial> rung(BaseStudy study, int bracket, int round) {
    return study.trials().stream()
        .filter(
            t -> t.fidelity().filter(f -> f.bracket() == bracket && f.round() == round).isPresent())
        .toList();
  }

  // ---- The schedule ----

  /**
   * 20 epochs and factor 3: 12, 4 and 2 trials to 3, 7 and 20 epochs; 6 and 2 to 7 and 20; 4 to 20.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void runsTheScheduleOfTheKerasTunerArticle(int threads) {
    Study study = study(HyperbandSampler.builder(20).iterations(1).build());
    study.optimize(MultiFidelityTest::train, RunOptions.unlimited().withParallelism(threads));

    assertThat(study.trialCount()).isEqualTo(30);
    int[][] expected = {
      {0, 0, 12, 0, 3},
      {0, 1, 4, 3, 7},
      {0, 2, 2, 7, 20},
      {1, 0, 6, 0, 7},
      {1, 1, 2, 7, 20},
      {2, 0, 4, 0, 20}
    };
    for (int[] row : expected) {
      assertThat(rung(study, row[0], row[1]))
          .hasSize(row[2])
          .extracting(trial -> trial.fidelity().orElseThrow())
          .allMatch(f -> f.initialResource() == row[3] && f.resource() == row[4]);
    }
    assertThat(rung(study, 0, 1)).extracting(t -> t.reports("").get(0).step()).containsOnly(3);
  }

  @Test
  void theFirstTrialTriesTheDefaultsInTheFirstRung() {
    Study study = study(HyperbandSampler.of(20));
    study.optimize(MultiFidelityTest::train, RunOptions.trials(1));

    assertThat(study.trial(0).get(X)).isZero();
    assertThat(study.trial(0).fidelity()).map(Fidelity::resource).contains(3);
  }

  @Test
  void enqueuedAndImportedTrialsStandBesideTheSchedule() {
    Study study = study(HyperbandSampler.builder(20).iterations(1).build());
    study.enqueue(Map.of("x", 4.0));
    study.importTrial(Configuration.builder().set(X, 0.5).build(), 0.25);
    FrozenTrial foreign = otherStudysTrial();
    study.importTrial(foreign);
    List<Integer> unscheduled = new ArrayList<>();
    study.optimize(
        trial -> {
          if (trial.fidelity().isEmpty()) {
            unscheduled.add(trial.number());
            return trial.suggest(X);
          }
          return train(trial);
        },
        RunOptions.unlimited());

    assertThat(unscheduled).containsExactly(0);
    assertThat(foreign.fidelity()).isPresent();
    assertThat(study.trial(2).fidelity()).isEmpty();
    assertThat(study.trialCount()).isEqualTo(33);
  }

  private static FrozenTrial otherStudysTrial() {
    Study other = study(HyperbandSampler.of(20));
    other.optimize(MultiFidelityTest::train, RunOptions.trials(14));
    return other.trial(13);
  }

  /** Parameters that were drawn late, one by one, are the parent's too. */
  @Test
  void aPromotedTrialHasAllValuesOfItsParent() {
    Study study = study(HyperbandSampler.builder(20).iterations(1).build());
    study.optimize(
        trial -> {
          double x = trial.suggest(X);
          return trial.bool("deep") ? trial.uniform("rate", 0, 1) : x;
        },
        RunOptions.unlimited());

    for (FrozenTrial trial : study.trials()) {
      trial
          .fidelity()
          .orElseThrow()
          .parent()
          .ifPresent(
              parent ->
                  assertThat(trial.configuration()).isEqualTo(study.trial(parent).configuration()));
    }
  }

  @Test
  void aDeclaredSpaceIsScheduledToo() {
    Study study =
        Study.named("declared")
            .maximize("score")
            .space(SearchSpace.of(X))
            .duplicates(Duplicates.RESAMPLE)
            .sampler(
                HyperbandSampler.builder(20).around(TpeSampler.ofDefaults()).iterations(1).build())
            .seed(3)
            .create();
    study.optimize(trial -> -train(trial), RunOptions.unlimited());

    List<Double> best = rung(study, 0, 0).stream().map(t -> -t.value()).sorted().limit(4).toList();
    assertThat(rung(study, 0, 1))
        .extracting(t -> -study.trial(t.fidelity().orElseThrow().parent().getAsInt()).value())
        .containsExactlyInAnyOrderElementsOf(best);
  }

  // ---- The same study again ----

  /** Conditional, with pruning, failures, late draws and a time that varies. */
  private static double restless(Trial trial) {
    double x = trial.suggest(X);
    double y =
        trial.bool("deep") ? trial.logUniform("rate", 1e-4, 1) : trial.integer("units", 1, 9);
    long end = System.nanoTime() + (trial.number() * 7919L) % 400 * 1_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    Fidelity fidelity = trial.fidelity().orElseThrow();
    double loss = x * x + Math.abs(Math.log(y));
    for (int epoch = fidelity.initialResource(); epoch < fidelity.resource(); epoch++) {
      trial.reportOrPrune(epoch, loss + trial.random("noise").nextDouble() / (epoch + 1));
    }
    return trial.number() % 11 == 5 ? Double.NaN : loss + 1.0 / fidelity.resource();
  }

  private static String restlessStudy(Sampler sampler, int threads) {
    Study study =
        Study.named("ordered")
            .minimize("loss")
            .sampler(sampler)
            .pruner(new MedianPruner(5, 3))
            .seed(7)
            .create();
    study.optimize(
        MultiFidelityTest::restless, RunOptions.trials(90).ordered(8).withParallelism(threads));
    assertThat(study.trials()).extracting(t -> t.state().name()).contains("PRUNED", "FAILED");
    return study.export().canonicalJson();
  }

  @ParameterizedTest
  @MethodSource("schedulers")
  void isTheSameAtOneTwoAndEightThreads(Sampler sampler) {
    String one = restlessStudy(sampler, 1);
    assertThat(one).contains("\"round\":1").contains("\"parent\":");
    assertThat(restlessStudy(sampler, 2)).isEqualTo(one);
    assertThat(restlessStudy(sampler, 8)).isEqualTo(one);
  }

  // ---- Checkpoints ----

  static Stream<UnaryOperator<RunOptions>> waysToRun() {
    return Stream.of(
        options -> options,
        options -> options.withParallelism(4),
        options -> options.withParallelism(2).ordered(5));
  }

  /** The checkpoint holds the epochs that went into it: a child must find just its own start. */
  private static double trainFromCheckpoint(Trial trial, Path folder) {
    Fidelity fidelity = trial.fidelity().orElseThrow();
    Optional<Path> checkpoint = trial.parentArtifact(CHECKPOINT);
    assertThat(checkpoint.isPresent()).isEqualTo(fidelity.parent().isPresent());
    assertThat(checkpoint.map(MultiFidelityTest::read).orElse(0))
        .isEqualTo(fidelity.initialResource());
    Path file = folder.resolve("trial-" + trial.number());
    write(file, fidelity.resource());
    trial.attach(CHECKPOINT, file);
    double x = trial.suggest(X);
    return trial.number() % 7 == 3 ? Double.NaN : x * x + 1.0 / fidelity.resource();
  }

  private static int read(Path file) {
    try {
      return Integer.parseInt(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, int epochs) {
    try {
      Files.writeString(file, Integer.toString(epochs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("waysToRun")
  void checkpointsStayAsLongAsTheyMayBeContinued(
      UnaryOperator<RunOptions> way, @TempDir Path artifacts, @TempDir Path scratch) {
    for (Sampler sampler : schedulers().toList()) {
      Study study =
          Study.named(sampler.describe())
              .minimize("loss")
              .sampler(sampler)
              .artifacts(artifacts)
              .retention(Retention.bestTrials(1))
              .seed(1)
              .createOrResume();
      study.optimize(
          trial -> trainFromCheckpoint(trial, scratch), way.apply(RunOptions.trials(60)));
      long kept =
          study.trials().stream().filter(t -> !study.artifacts(t.number()).isEmpty()).count();
      assertThat(study.artifacts(study.best().number())).containsExactly(CHECKPOINT);
      if (sampler instanceof HyperbandSampler) {
        assertThat(kept).isLessThan(30);
      }
      FrozenTrial promoted =
          study.trials().stream()
              .filter(t -> t.fidelity().orElseThrow().parent().isPresent())
              .findFirst()
              .orElseThrow();
      assertThat(study.rerun(promoted.number()).fidelity()).isEqualTo(promoted.fidelity());
    }
  }

  @Test
  void withoutAParentThereIsNoFile() {
    Study study = study(RandomSampler.ofDefaults());
    Trial trial = study.ask();
    assertThat(trial.parentArtifact(CHECKPOINT)).isEmpty();
    study.tell(trial, 1);
    assertThat(study.rerun(0).parentArtifact(CHECKPOINT)).isEmpty();
  }

  // ---- Summary and exports ----

  private static Study eighteen() {
    Study study = study(HyperbandSampler.builder(20).iterations(1).build());
    study.optimize(MultiFidelityTest::train, RunOptions.trials(18));
    return study;
  }

  @Test
  void theSummaryShowsResourceAndParent() {
    List<String> lines = eighteen().summary().toTable().lines().toList();

    assertThat(lines.get(4))
        .matches("trial +loss +resource +initial +bracket +round +parent +x .*");
    assertThat(lines.get(5)).matches(" +1[67] +[0-9.]+ +20 +7 +0 +2 +1[2-5] .*");
    assertThat(String.join("\n", lines)).doesNotContain("repeated the configuration");
  }

  @Test
  void theSummaryOfOtherStudiesDoesNot() {
    Study study = study(RandomSampler.ofDefaults());
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(3));
    assertThat(study.summary().toTable()).doesNotContain("resource");
    assertThat(study.export().canonicalJson()).doesNotContain("fidelity");
  }

  @Test
  void exportsHaveTheFidelity() {
    Study study = eighteen();
    StringBuilder csv = new StringBuilder();
    study.export().csv(csv);
    List<String> rows = csv.toString().lines().toList();
    int parent = study.trial(17).fidelity().orElseThrow().parent().getAsInt();

    assertThat(rows.get(0)).contains("duration_s,resource,initial,bracket,round,parent,params_x");
    assertThat(rows.get(1)).contains(",3,0,0,0,,");
    assertThat(rows.get(18)).contains(",20,7,0,2," + parent + ",");
    assertThat(study.export().canonicalJson().lines().skip(18))
        .first()
        .asString()
        .contains(
            "\"fidelity\":{\"resource\":20,\"initial\":7,\"bracket\":0,\"round\":2,\"parent\":"
                + parent
                + "}");
  }

  // ---- Pruners ----

  @Test
  void aPrunerReadsAnotherMetric() {
    Study study =
        Study.named("accuracy")
            .minimize("loss")
            .sampler(RandomSampler.ofDefaults())
            .pruner(new MedianPruner(1, 0).onMetric("accuracy", Direction.MAXIMIZE))
            .defaultsFirst(false)
            .create();
    List<Boolean> pruned = new ArrayList<>();
    study.optimize(
        trial -> {
          trial.report("accuracy", 0, trial.number() == 1 ? 0.1 : 0.9);
          trial.report(0, trial.number());
          pruned.add(trial.shouldPrune());
          return trial.number();
        },
        RunOptions.trials(3));

    assertThat(pruned).containsExactly(false, true, false);
  }

  @Test
  void aPrunerMayNotCallTheObjectiveAMetricAndNothingIsLeftOfTheStudy() {
    Storage storage = Storage.inMemory();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Study.named("loss")
                    .minimize("loss")
                    .pruner(MedianPruner.ofDefaults().onMetric("loss", Direction.MINIMIZE))
                    .storage(storage)
                    .create())
        .withMessageEndingWith("anyway; leave out onMetric");
    assertThat(storage.studyNames()).isEmpty();
  }

  @Test
  void theBestTrialIsThatOfTheBestValueWhateverItsResource() {
    Study study = study(HyperbandSampler.builder(20).iterations(1).build());
    study.optimize(trial -> trial.fidelity().orElseThrow().resource(), RunOptions.unlimited());

    assertThat(study.best().fidelity()).map(Fidelity::resource).contains(3);
    assertThat(study.summary().hints()).anyMatch(hint -> hint.contains("of those with 20"));
  }
}
