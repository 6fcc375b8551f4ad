package org.hpo4j.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hpo4j.fork.ForkOptions;
import org.hpo4j.fork.ForkedObjective;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.hyperband.HyperbandSampler;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.MultiObjectiveStudy;
import org.hpo4j.study.Objective;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a real MLflow server has of a study, as its REST API tells it. */
@Tag("interop")
class MlflowInteropTest {

  private static @Nullable MlflowServer server;

  @BeforeAll
  static void startServer(@TempDir Path data) throws IOException, InterruptedException {
    server = MlflowServer.start(data);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  private static String address() {
    return Objects.requireNonNull(server).address();
  }

  private static MlflowOptions options(String experiment) {
    return MlflowOptions.server(address())
        .withExperiment(experiment)
        .withSystemMetricsEvery(Duration.ofMillis(200));
  }

  private static List<Tracked> runs(String experiment) throws IOException, InterruptedException {
    return Tracked.runs(address(), experiment);
  }

  /** Three epochs of two metrics. */
  private static double train(Trial trial) {
    double rate = trial.logUniform("rate", 1e-5, 1e-1);
    String optimizer = trial.choice("optimizer", "sgd", "adam");
    for (int epoch = 0; epoch < 3; epoch++) {
      trial.report("val_f1", epoch, loss(rate, epoch) / 2);
      trial.report(epoch, loss(rate, epoch));
    }
    return loss(rate, optimizer.length());
  }

  private static double loss(double rate, int epoch) {
    return Math.abs(Math.log10(rate) + 3) + 1.0 / (epoch + 1);
  }

  @Test
  void eachTrialIsARunWithinThatOfTheStudy(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          MlflowInteropTest::train, RunOptions.trials(8).withParallelism(2).withListener(tracker));
    }

    List<Tracked> runs = runs(study.name());
    Tracked parent = Tracked.study(runs);
    Map<Integer, Tracked> trials = Tracked.trials(runs);
    assertThat(trials.keySet()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(parent.status()).isEqualTo("FINISHED");
    assertThat(trials.values())
        .allSatisfy(run -> assertThat(run.status()).isEqualTo("FINISHED"))
        .allSatisfy(run -> assertThat(run.tags()).containsEntry("mlflow.parentRunId", parent.id()));
  }

  @Test
  void aTrialHasItsParametersHistoriesScoreAndTags(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker =
        MlflowTracker.start(options(study.name()).withTag("team", "forms"))) {
      study.optimize(MlflowInteropTest::train, RunOptions.trials(2).withListener(tracker));
    }

    FrozenTrial trial = study.trial(1);
    Tracked run = Tracked.trial(runs(study.name()), 1);
    double rate = (double) trial.configuration().get("rate");
    assertThat(run.params())
        .containsOnly(
            Map.entry("rate", Double.toString(rate)),
            Map.entry("optimizer", (String) trial.configuration().get("optimizer")));
    assertThat(run.history("loss"))
        .isEqualTo(Map.of(0, loss(rate, 0), 1, loss(rate, 1), 2, loss(rate, 2)));
    assertThat(run.history("val_f1"))
        .isEqualTo(Map.of(0, loss(rate, 0) / 2, 1, loss(rate, 1) / 2, 2, loss(rate, 2) / 2));
    assertThat(run.metrics()).containsEntry("run_score", trial.value());
    assertThat(run.tags())
        .containsEntry("hpo4j.study", study.name())
        .containsEntry("hpo4j.project", study.name())
        .containsEntry("hpo4j.sampler", "random()")
        .containsEntry("hpo4j.objective", "loss")
        .containsEntry("hpo4j.direction", "minimize")
        .containsEntry("hpo4j.state", "COMPLETE")
        .containsEntry("team", "forms");
  }

  @Test
  void theStudyHasItsBestTrialItsSpaceAndItsTables(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(MlflowInteropTest::train, RunOptions.trials(6).withListener(tracker));
    }

    Tracked run = Tracked.study(runs(study.name()));
    assertThat(run.metrics()).containsEntry("best_score", study.best().value());
    assertThat(run.tags())
        .containsEntry("hpo4j.best_trial", Integer.toString(study.best().number()))
        .containsEntry("hpo4j.seed", "7");
    assertThat(run.tags().get("hpo4j.best_parameters"))
        .contains("\"rate\":" + study.best().configuration().get("rate"));
    assertThat(run.params())
        .containsEntry("space/rate", "logUniform(1.0E-5, 0.1)")
        .containsEntry("space/optimizer", "choice(sgd, adam)");
    assertThat(run.files())
        .containsExactlyInAnyOrder(
            "best_trials.json", "search_space.json", "study.json", "summary.txt", "trials.csv");
    assertThat(run.file("summary.txt")).isEqualTo(study.summary().toTable());
  }

  @Test
  void whatATrialAttachedIsThere(TestInfo test, @TempDir Path folder) throws Exception {
    Path history = Files.writeString(folder.resolve("history.csv"), "epoch,loss\n0,1\n");
    Path large = Files.writeString(folder.resolve("large.bin"), "x".repeat(2_000));
    Study study = study(test).artifacts(folder.resolve("files")).create();
    try (MlflowTracker tracker =
        MlflowTracker.start(options(study.name()).withLargestArtifact(1_000))) {
      study.optimize(
          trial -> {
            trial.attach("history.csv", history);
            trial.attach("large.bin", large);
            return train(trial);
          },
          RunOptions.trials(1).withListener(tracker));
    }

    Tracked run = Tracked.trial(runs(study.name()), 0);
    assertThat(run.files()).containsExactly("history.csv");
    assertThat(run.file("history.csv")).isEqualTo("epoch,loss\n0,1\n");
    assertThat(run.tags()).containsEntry("hpo4j.files_too_large", "large.bin");
  }

  @Test
  void systemMetricsAreThereEvenForShortTrials(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          trial -> {
            Thread.sleep(trial.number() == 0 ? 1_000 : 1);
            return train(trial);
          },
          RunOptions.trials(3).withListener(tracker));
    }

    List<Tracked> runs = runs(study.name());
    assertThat(Tracked.trial(runs, 0).history("system/system_memory_usage_percentage").values())
        .hasSizeGreaterThan(1)
        .allSatisfy(value -> assertThat(value).isBetween(0.0, 100.0));
    assertThat(Tracked.trial(runs, 2).metrics())
        .containsKeys("system/cpu_utilization_percentage", "system/jvm_heap_usage_megabytes");
  }

  @Test
  void aStudyThatIsOverSoonerThanTheIntervalIsMeasured(TestInfo test) throws Exception {
    Study study = study(test).create();
    MlflowOptions tenSeconds = MlflowOptions.server(address()).withExperiment(study.name());
    try (MlflowTracker tracker = MlflowTracker.start(tenSeconds)) {
      study.optimize(
          trial -> {
            Thread.sleep(trial.number() == 0 ? 1_000 : 1);
            return train(trial);
          },
          RunOptions.trials(2).withListener(tracker));
    }

    assertThat(Tracked.trials(runs(study.name())).values())
        .allSatisfy(
            run -> assertThat(run.metrics()).containsKey("system/cpu_utilization_percentage"));
  }

  @Test
  void theBestParametersAreNamedAsInTheTrial(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          trial -> trial.choice("state", Map.of("done", TrialState.COMPLETE)).isFinished() ? 0 : 1,
          RunOptions.trials(1).withListener(tracker));
    }

    List<Tracked> runs = runs(study.name());
    assertThat(Tracked.trial(runs, 0).params()).containsEntry("state", "done");
    assertThat(Tracked.study(runs).tags())
        .containsEntry("hpo4j.best_parameters", "{\"state\":\"done\"}");
  }

  @Test
  void prunedAndFailedTrialsAreMarked(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          trial -> {
            train(trial);
            switch (trial.number()) {
              case 1 -> throw new TrialPrunedException("enough");
              case 2 -> throw new IllegalStateException("boom");
              case 3 -> throw new TrialFailedException(FailureReason.TIMEOUT, "too slow");
              default -> {
                return Double.NaN;
              }
            }
          },
          RunOptions.trials(4).tolerating(IllegalStateException.class).withListener(tracker));
    }

    List<Tracked> runs = runs(study.name());
    Map<Integer, Tracked> trials = Tracked.trials(runs);
    assertThat(trials.values())
        .extracting(Tracked::status)
        .containsExactly("FAILED", "FINISHED", "FAILED", "KILLED");
    assertThat(trials.values())
        .extracting(run -> run.tags().get("hpo4j.state"))
        .containsExactly("FAILED", "PRUNED", "FAILED", "FAILED");
    assertThat(Tracked.trial(runs, 0).tags()).containsEntry("hpo4j.failure_reason", "NOT_A_NUMBER");
    assertThat(Tracked.trial(runs, 2).tags().get("hpo4j.failure_message")).contains("boom");
    assertThat(Tracked.trial(runs, 1).metrics()).doesNotContainKey("run_score").containsKey("loss");
  }

  @Test
  void aResumedStudyGoesOnInItsRun(TestInfo test, @TempDir Path folder) throws Exception {
    for (int trials : List.of(3, 7)) {
      try (JournalStorage storage = JournalStorage.open(folder.resolve("study.log"))) {
        Study study = study(test).storage(storage).createOrResume();
        try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
          study.optimize(MlflowInteropTest::train, RunOptions.trials(trials).withListener(tracker));
        }
      }
    }

    List<Tracked> runs = runs(name(test));
    assertThat(Tracked.trials(runs).keySet()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(runs).hasSize(8);
    assertThat(Tracked.study(runs).status()).isEqualTo("FINISHED");
  }

  @Test
  void anotherStudyOfTheSameNameAndSeedHasARunOfItsOwn(TestInfo test) throws Exception {
    for (int i = 0; i < 2; i++) {
      Study study = study(test).create();
      try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
        study.optimize(MlflowInteropTest::train, RunOptions.trials(2).withListener(tracker));
      }
    }

    List<Tracked> runs = runs(name(test));
    assertThat(runs).extracting(Tracked::name).filteredOn(name(test)::equals).hasSize(2);
    assertThat(runs).hasSize(6);
  }

  @Test
  void aTrialThatRunsAgainHasOneRun(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          trial -> {
            trial.report(0, 0.5);
            Thread.sleep(1_500);
            throw new InterruptedException("a cluster takes the machine away");
          },
          RunOptions.trials(1).withListener(tracker));
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Tracked.study(runs(study.name())).status()).isEqualTo("KILLED");
    assertThat(Tracked.trial(runs(study.name()), 0).status()).isEqualTo("KILLED");

    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(MlflowInteropTest::train, RunOptions.trials(1).withListener(tracker));
    }

    List<Tracked> runs = runs(study.name());
    assertThat(Tracked.trial(runs, 0).status()).isEqualTo("FINISHED");
    assertThat(Tracked.trial(runs, 0).history("loss").keySet()).containsExactly(0, 1, 2);
    assertThat(runs).hasSize(2);
  }

  @Test
  void aTrackerThatComesLaterTellsWhatWasBefore(TestInfo test) throws Exception {
    Study earlier = study(test).create();
    earlier.optimize(MlflowInteropTest::train, RunOptions.trials(2));
    Study study = study(test).create();
    // What has just ended is left to the process that may be sending it.
    earlier.trials().stream().map(MlflowInteropTest::anHourAgo).forEach(study::importTrial);
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(MlflowInteropTest::train, RunOptions.trials(3).withListener(tracker));
    }

    List<Tracked> runs = runs(study.name());
    assertThat(Tracked.trials(runs).keySet()).containsExactly(0, 1, 2);
    assertThat(Tracked.trial(runs, 1).history("loss").keySet()).containsExactly(0, 1, 2);
    assertThat(Tracked.trial(runs, 1).metrics())
        .containsEntry("run_score", earlier.trial(1).value());
  }

  private static FrozenTrial anHourAgo(FrozenTrial trial) {
    Duration hour = Duration.ofHours(1);
    return new FrozenTrial(
        trial.number(),
        trial.state(),
        trial.configuration(),
        trial.outcome(),
        trial.reports(),
        trial.attributes(),
        trial.started().map(time -> time.minus(hour)),
        trial.ended().map(time -> time.minus(hour)));
  }

  @Test
  void aStudyWithTwoObjectivesHasTheirScoresAndItsFront(TestInfo test) throws Exception {
    MultiObjectiveStudy study =
        MultiObjectiveStudy.named(name(test))
            .minimize("loss")
            .maximize("speed")
            .sampler(RandomSampler.ofDefaults())
            .seed(7)
            .create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          trial -> {
            double x = trial.uniform("x", 0, 1);
            trial.report("loss", 0, x);
            return new double[] {x, 2 * x};
          },
          RunOptions.trials(4).withListener(tracker));
    }

    List<Tracked> runs = runs(study.name());
    Tracked run = Tracked.trial(runs, 2);
    double x = (double) study.trial(2).configuration().get("x");
    assertThat(run.metrics())
        .containsEntry("run_score/loss", x)
        .containsEntry("run_score/speed", 2 * x)
        .containsEntry("loss", x)
        .containsEntry("speed", 2 * x);
    assertThat(run.tags()).containsEntry("hpo4j.direction", "minimize, maximize");
    assertThat(Tracked.study(runs).tags()).containsEntry("hpo4j.pareto_front", "[0, 1, 2, 3]");
  }

  @Test
  void promotedTrialsTellHowFarTheyTrainAndFromWhere(TestInfo test) throws Exception {
    Study study =
        Study.named(name(test))
            .minimize("loss")
            .seed(7)
            .sampler(HyperbandSampler.of(9))
            .space(SearchSpace.of(Parameters.uniform("x", 0, 1)))
            .create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          trial -> trial.uniform("x", 0, 1), RunOptions.trials(13).withListener(tracker));
    }

    FrozenTrial promoted =
        study.trials().stream()
            .filter(trial -> trial.fidelity().orElseThrow().parent().isPresent())
            .findFirst()
            .orElseThrow();
    Tracked run = Tracked.trial(runs(study.name()), promoted.number());
    assertThat(run.params())
        .containsEntry("fidelity/resource", "3")
        .containsEntry("fidelity/initial", "1")
        .containsEntry("fidelity/bracket", "0")
        .containsEntry("fidelity/round", "1")
        .containsEntry(
            "fidelity/parent",
            Integer.toString(promoted.fidelity().orElseThrow().parent().orElseThrow()));
    assertThat(Tracked.study(runs(study.name())).file("search_space.txt"))
        .isEqualTo(study.space().orElseThrow().describe());
  }

  /** Runs in a process of its own. */
  public static final class Forked implements Objective<RuntimeException> {
    public Forked() {}

    @Override
    public double evaluate(Trial trial) {
      return train(trial);
    }
  }

  @Test
  void forkedTrialsAreTrackedToo(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          ForkedObjective.of(Forked.class, ForkOptions.ofDefaults()),
          RunOptions.trials(2).withParallelism(2).withListener(tracker));
    }

    assertThat(Tracked.trial(runs(study.name()), 1).history("val_f1").keySet())
        .containsExactly(0, 1, 2);
  }

  @Test
  void aReportThatIsNotFiniteIsKept(TestInfo test) throws Exception {
    Study study = study(test).create();
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          trial -> {
            trial.report("norm", 0, Double.NaN);
            trial.report("norm", 1, Double.POSITIVE_INFINITY);
            return Double.NEGATIVE_INFINITY;
          },
          RunOptions.trials(1).withListener(tracker));
    }

    Tracked run = Tracked.trial(runs(study.name()), 0);
    // A server with a database keeps the largest number for infinity.
    assertThat(run.history("norm").get(0)).isNaN();
    assertThat(run.history("norm").get(1)).isGreaterThanOrEqualTo(Double.MAX_VALUE);
  }

  @Test
  void namesAndValuesThatMlflowRefusesAreMapped(TestInfo test) throws Exception {
    Study study = study(test).create();
    String label = "v".repeat(7_000);
    try (CapturedLog log = new CapturedLog()) {
      try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
        study.optimize(
            trial -> {
              trial.choice("a:b?", label);
              trial.choice("größe", "x");
              trial.report("../f@1", 0, 0.5);
              return 1;
            },
            RunOptions.trials(1).withListener(tracker));
      }
      assertThat(log.messages(java.util.logging.Level.WARNING)).isEmpty();
    }

    Tracked run = Tracked.trial(runs(study.name()), 0);
    assertThat(run.params())
        .containsEntry(MlflowNames.key("a:b?"), MlflowNames.parameterValue(label))
        .containsEntry("größe", "x");
    assertThat(run.history(MlflowNames.key("../f@1"))).isEqualTo(Map.of(0, 0.5));
  }

  @Test
  void aLongHistoryIsSentInParts(TestInfo test) throws Exception {
    Study study = study(test).create();
    int steps = 3 * TrialRun.MOST_REPORTS;
    try (MlflowTracker tracker = MlflowTracker.start(options(study.name()))) {
      study.optimize(
          trial -> {
            for (int step = 0; step < steps; step++) {
              trial.report(step, step);
            }
            return 0;
          },
          RunOptions.trials(1).withListener(tracker));
    }

    assertThat(Tracked.trial(runs(study.name()), 0).history("loss").keySet())
        .containsExactlyElementsOf(IntStream.range(0, steps).boxed().toList());
  }

  @Test
  void moreTrialsThanWaitAtATimeAreAllSent(TestInfo test) throws Exception {
    Study study = study(test).create();
    int trials = StudyRuns.MOST_ENDED + 30;
    try (MlflowTracker tracker =
        MlflowTracker.start(options(study.name()).withCloseTimeout(Duration.ofMinutes(5)))) {
      study.optimize(MlflowInteropTest::train, RunOptions.trials(trials).withListener(tracker));
    }

    List<Tracked> runs = runs(study.name());
    assertThat(Tracked.trials(runs)).hasSize(trials);
    assertThat(Tracked.trial(runs, trials - 1).history("loss").keySet()).containsExactly(0, 1, 2);
    assertThat(study.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.COMPLETE);
  }

  private static org.hpo4j.study.StudyBuilder study(TestInfo test) {
    return Study.named(name(test)).minimize("loss").seed(7).sampler(RandomSampler.ofDefaults());
  }

  private static String name(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName();
  }
}
