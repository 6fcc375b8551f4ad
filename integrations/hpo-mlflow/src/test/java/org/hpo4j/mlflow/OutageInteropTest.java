package org.hpo4j.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MLflow server goes away in the middle of a study. */
@Tag("interop")
class OutageInteropTest {

  private static MlflowOptions options(MlflowServer server) {
    return MlflowOptions.server(server.address())
        .withExperiment("outage")
        .withCloseTimeout(Duration.ofMinutes(2));
  }

  private static Study study(JournalStorage storage) {
    return Study.named("net")
        .minimize("loss")
        .seed(3)
        .sampler(RandomSampler.ofDefaults())
        .storage(storage)
        .createOrResume();
  }

  @Test
  void whatAServerMissedIsSentWhenItIsBack(@TempDir Path folder) throws Exception {
    try (MlflowServer server = MlflowServer.start(folder);
        JournalStorage storage = JournalStorage.open(folder.resolve("study.log"));
        CapturedLog log = new CapturedLog()) {
      Study study = study(storage);
      try (MlflowTracker tracker = MlflowTracker.start(options(server))) {
        study.optimize(
            trial -> {
              double x = trial.uniform("x", 0, 1);
              trial.report(0, x);
              if (trial.number() == 1) {
                server.kill();
                log.awaitMessage(Level.WARNING);
              }
              trial.report(1, x / 2);
              if (trial.number() == 3) {
                server.restart();
                log.awaitMessage(Level.INFO);
              }
              trial.report(2, x / 3);
              return x / 3;
            },
            RunOptions.trials(5).withListener(tracker));
      }

      assertThat(log.messages(Level.WARNING))
          .singleElement()
          .asString()
          .contains("[net] go on without MLflow at " + server.address())
          // The second if a request was under way when the server died.
          .containsAnyOf("no connection", "the connection broke");
      assertThat(log.messages(Level.INFO)).singleElement().asString().contains("answers again");
      List<Tracked> runs = Tracked.runs(server.address(), "outage");
      Map<Integer, Tracked> trials = Tracked.trials(runs);
      assertThat(trials.keySet()).containsExactly(0, 1, 2, 3, 4);
      for (FrozenTrial trial : study.trials()) {
        double x = (double) trial.configuration().get("x");
        Tracked run = Tracked.trial(runs, trial.number());
        assertThat(run.status()).isEqualTo("FINISHED");
        assertThat(run.history("loss")).isEqualTo(Map.of(0, x, 1, x / 2, 2, x / 3));
      }
    }
  }

  @Test
  void whatAServerMissedToTheEndIsSentWhenTheStudyIsResumed(@TempDir Path folder) throws Exception {
    try (MlflowServer server = MlflowServer.start(folder);
        JournalStorage storage = JournalStorage.open(folder.resolve("study.log"));
        CapturedLog log = new CapturedLog()) {
      CountDownLatch away = new CountDownLatch(1);
      try (MlflowTracker tracker = MlflowTracker.start(options(server))) {
        study(storage)
            .optimize(
                trial -> {
                  if (trial.number() == 2) {
                    server.kill();
                    away.countDown();
                    log.awaitMessage(Level.WARNING);
                  }
                  return trial.uniform("x", 0, 1);
                },
                RunOptions.trials(4).withListener(tracker));
      }
      assertThat(away.getCount()).isZero();
      assertThat(log.messages(Level.WARNING))
          .hasSize(2)
          .last()
          .asString()
          .contains("has not been told of the end of the studies [net]");
      // What has just ended is left to the process that may be sending it.
      Thread.sleep(StudyRuns.GRACE.toMillis());
      server.restart();

      Study study = study(storage);
      try (MlflowTracker tracker = MlflowTracker.start(options(server))) {
        study.optimize(
            trial -> trial.uniform("x", 0, 1), RunOptions.trials(5).withListener(tracker));
      }

      List<Tracked> runs = Tracked.runs(server.address(), "outage");
      Map<Integer, Tracked> trials = Tracked.trials(runs);
      assertThat(study.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.COMPLETE);
      assertThat(trials.keySet()).containsExactly(0, 1, 2, 3, 4);
      assertThat(trials.values()).extracting(Tracked::status).containsOnly("FINISHED");
      assertThat(Tracked.study(runs).status()).isEqualTo("FINISHED");
    }
  }
}
