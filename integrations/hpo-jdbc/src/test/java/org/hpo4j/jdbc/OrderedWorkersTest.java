package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.space.Parameters.uniform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hpo4j.pruner.MedianPruner;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;
import org.hpo4j.study.StudyBuilder;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An ordered run is the same study, whoever of the workers runs which trial. */
class OrderedWorkersTest {

  private static final Parameter<Double> X = uniform("x", 0, 1);
  private static final Parameter<Double> Y = uniform("y", 0, 1);

  /** Long enough for the trials that the lag allows. */
  private static final Duration HELP = Duration.ofSeconds(1);

  private final Path folder;

  OrderedWorkersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Study open(Storage storage) {
    return settings(storage).space(SearchSpace.of(X, Y)).createOrResume();
  }

  private static StudyBuilder settings(Storage storage) {
    return Study.named("ordered")
        .minimize("loss")
        .sampler(TpeSampler.ofDefaults())
        .pruner(MedianPruner.ofDefaults())
        .seed(5)
        .storage(storage);
  }

  private static void run(Study study, int trials) {
    study.optimize(OrderedWorkersTest::evaluate, RunOptions.trials(trials).ordered(8));
  }

  private static double evaluate(Trial trial) {
    return evaluate(trial, () -> {});
  }

  /** Does something when the values are chosen and recorded. */
  private static double evaluate(Trial trial, Runnable meanwhile) {
    double value = trial.suggest(X) + 2 * trial.suggest(Y);
    trial.report(0, value);
    meanwhile.run();
    trial.reportOrPrune(1, value / 2);
    return value;
  }

  /** Each worker finds trials that have ended and that its next trial must not see. */
  @ParameterizedTest
  @EnumSource
  void whoTakesTurnsWithAnotherWorkerMakesTheStudyOfOne(TestDatabase database) {
    takeTurns(database, OrderedWorkersTest::open);
  }

  @ParameterizedTest
  @EnumSource
  void soItIsWhereTheObjectiveAloneKnowsTheSpace(TestDatabase database) {
    takeTurns(database, storage -> settings(storage).createOrResume());
  }

  private void takeTurns(TestDatabase database, Function<Storage, Study> opening) {
    String url = database.create(folder);
    Study alone = opening.apply(Storage.inMemory());
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      Study first = opening.apply(storage);
      Study second = opening.apply(other);
      for (int trials = 5; trials <= 80; trials += 10) {
        run(first, trials);
        run(second, trials + 5);
        run(alone, trials + 5);
      }
      assertThat(second.export().canonicalJson()).isEqualTo(alone.export().canonicalJson());
    }
  }

  /** Here too the objective alone knows the space. */
  @ParameterizedTest
  @EnumSource
  void whoOpensItWhileATrialRunsMakesTheStudyOfOne(TestDatabase database) {
    String url = database.create(folder);
    Study alone = settings(Storage.inMemory()).createOrResume();
    run(alone, 40);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      Study study = settings(storage).createOrResume();
      Runnable help =
          () ->
              settings(other)
                  .createOrResume()
                  .optimize(
                      OrderedWorkersTest::evaluate,
                      RunOptions.unlimited().ordered(8).withTimeLimit(HELP));
      study.optimize(
          trial -> evaluate(trial, trial.number() == 9 ? help : () -> {}),
          RunOptions.trials(40).ordered(8));
      assertThat(study.export().canonicalJson()).isEqualTo(alone.export().canonicalJson());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoGoesOnWithATrialThatWasGivenUpMakesTheStudyOfOne(TestDatabase database) {
    String url = database.create(folder);
    for (int number = 2; number < 40; number += 3) {
      giveUp(url, number);
    }
    Study alone = settings(Storage.inMemory()).createOrResume();
    run(alone, 40);
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study last = settings(storage).createOrResume();
      run(last, 40);
      assertThat(last.export().canonicalJson()).isEqualTo(alone.export().canonicalJson());
    }
  }

  /** Runs the study until a trial that is as if its process had been killed. */
  private static void giveUp(String url, int number) {
    JdbcStorage storage = JdbcStorage.open(url);
    Study study = settings(storage).createOrResume();
    assertThatThrownBy(
            () ->
                study.optimize(
                    trial -> evaluate(trial, trial.number() == number ? storage::close : () -> {}),
                    RunOptions.trials(40).ordered(8)))
        .isInstanceOf(RuntimeException.class);
  }

  /** Optuna's distribution alone would take each for a choice. */
  @ParameterizedTest
  @EnumSource
  void whoSeesParametersAppearKnowsTheirDomains(TestDatabase database) throws Exception {
    String url = database.create(folder);
    Study alone = settings(Storage.inMemory()).createOrResume();
    runWithMoreAndMoreParameters(alone);
    try (JdbcStorage storage = JdbcStorage.open(url);
        JdbcStorage other = JdbcStorage.open(url)) {
      Study study = settings(storage).createOrResume();
      Study second = settings(other).createOrResume();
      CompletableFuture<Void> help =
          CompletableFuture.runAsync(() -> runWithMoreAndMoreParameters(second));
      runWithMoreAndMoreParameters(study);
      help.get(1, TimeUnit.MINUTES);
      assertThat(study.export().canonicalJson()).isEqualTo(alone.export().canonicalJson());
    }
  }

  private static void runWithMoreAndMoreParameters(Study study) {
    study.optimize(
        trial -> {
          double sum = 0;
          for (int i = 0; i <= Math.min(trial.number(), 20); i++) {
            sum += trial.suggest(Parameters.ordinal("size" + i, 8, 16, 64));
            trial.report(i, sum);
          }
          return sum;
        },
        RunOptions.trials(24).ordered(4));
  }

  /** As after Ctrl-C: whoever goes on has never seen the trials that were given back run. */
  @ParameterizedTest
  @EnumSource
  void whoGoesOnAfterAnInterruptMakesTheStudyOfOne(TestDatabase database) {
    String url = database.create(folder);
    for (int interrupted : List.of(12, 21, 30)) {
      try (JdbcStorage storage = JdbcStorage.open(url)) {
        open(storage)
            .optimize(
                trial -> {
                  double value = evaluate(trial);
                  if (trial.number() == interrupted) {
                    throw new InterruptedException();
                  }
                  return value;
                },
                RunOptions.trials(40).ordered(8));
        assertThat(Thread.interrupted()).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError("an interrupted run returns", e);
      }
    }
    try (JdbcStorage storage = JdbcStorage.open(url)) {
      Study last = open(storage);
      assertThat(last.trials().get(30).state()).isEqualTo(TrialState.WAITING);
      run(last, 40);
      Study alone = open(Storage.inMemory());
      run(alone, 40);
      assertThat(last.export().canonicalJson()).isEqualTo(alone.export().canonicalJson());
    }
  }
}
