package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.space.Parameters.integer;
import static org.hpo4j.space.Parameters.oneOf;
import static org.hpo4j.space.Parameters.uniform;
import static org.hpo4j.space.Parameters.when;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;

class StudyTest {

  private static final Parameter<Double> X = uniform("x", 0, 1);
  private static final Parameter<Double> Y = uniform("y", 0, 1);

  private static StudyBuilder builder() {
    return Study.named("test").minimize("loss").sampler(RandomSampler.ofDefaults()).seed(1);
  }

  private static double parabola(HyperParameters hp) {
    return Math.pow(hp.uniform("x", -10, 10) - 2, 2);
  }

  @Test
  void findsTheBestOfItsTrials() {
    Study study = builder().create();
    study.optimize(StudyTest::parabola, RunOptions.trials(50));
    double lowest = study.trials().stream().mapToDouble(FrozenTrial::value).min().orElseThrow();
    assertThat(study.trialCount()).isEqualTo(50);
    assertThat(study.best().value()).isEqualTo(lowest);
  }

  @Test
  void maximizesToo() {
    Study study = Study.named("test").maximize("score").seed(1).create();
    study.optimize(trial -> -parabola(trial), RunOptions.trials(20));
    double highest = study.trials().stream().mapToDouble(FrozenTrial::value).max().orElseThrow();
    assertThat(study.best().value()).isEqualTo(highest);
  }

  @Test
  void firstTrialTriesTheDefaults() {
    Study study = builder().create();
    study.optimize(
        trial -> trial.suggest(X.withDefault(0.25)) + (trial.bool("flag") ? 1 : 0),
        RunOptions.trials(1));
    assertThat(study.trial(0).configuration().toMap()).isEqualTo(Map.of("x", 0.25, "flag", false));
  }

  @Test
  void givesTheSameValueForTheSameName() {
    Study study = builder().create();
    study.optimize(
        trial -> {
          double first = trial.uniform("x", 0, 1);
          assertThat(trial.uniform("x", 0, 1)).isEqualTo(first);
          return first;
        },
        RunOptions.trials(3));
    assertThat(study.trialCount()).isEqualTo(3);
  }

  @Test
  void refusesASecondDomainForAName() {
    Study study = builder().create();
    study.optimize(trial -> trial.uniform("x", 0, 1), RunOptions.trials(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.optimize(trial -> trial.uniform("x", 0, 2), RunOptions.trials(2)))
        .withMessageContaining("'x'")
        .withMessageContaining("uniform(0.0, 1.0)")
        .withMessageContaining("uniform(0.0, 2.0)");
  }

  @Test
  void declaredSpaceGivesOnlyActiveParameters() {
    Parameter<Integer> depth = integer("depth", 1, 5);
    SearchSpace space = SearchSpace.of(oneOf("model", when("line", X), when("forest", depth, Y)));
    Study study = builder().space(space).create();
    study.optimize(
        trial ->
            trial.configuration().get("model").equals("line")
                ? trial.suggest(X)
                : trial.suggest(depth) + trial.suggest(Y),
        RunOptions.trials(30));
    assertThat(study.trials())
        .allSatisfy(
            trial ->
                assertThat(trial.configuration().contains(X))
                    .isNotEqualTo(trial.configuration().contains(depth)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.ask().uniform("z", 0, 1))
        .withMessageContaining("'z'");
  }

  @Test
  void keepsConstraints() {
    SearchSpace space = SearchSpace.of(X, Y).where(Constraint.lessThan(X, Y));
    Study study = builder().space(space).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(50));
    assertThat(study.trials()).allSatisfy(t -> assertThat(t.get(X)).isLessThan(t.get(Y)));
  }

  @Test
  void namesConstraintsThatNothingSatisfies() {
    SearchSpace space = SearchSpace.of(X, Y).where(Constraint.sumAtLeast(3, X, Y));
    Study study = builder().space(space).create();
    assertThatIllegalStateException()
        .isThrownBy(() -> study.optimize(trial -> 0, RunOptions.trials(1)))
        .withMessageContaining("x + y >= 3");
  }

  @Test
  void recordsNotANumberAsAFailureAndGoesOn() {
    Study study = builder().create();
    study.optimize(trial -> trial.number() == 1 ? Double.NaN : 1, RunOptions.trials(3));
    assertThat(study.trial(1).outcome())
        .containsInstanceOf(Outcome.Failed.class)
        .hasValueSatisfying(
            o -> assertThat(((Outcome.Failed) o).reason()).isEqualTo(FailureReason.NOT_A_NUMBER));
    assertThat(study.trialCount()).isEqualTo(3);
  }

  @Test
  void rethrowsTheObjectivesOwnException() {
    Study study = builder().create();
    assertThatThrownBy(
            () ->
                study.optimize(
                    trial -> {
                      throw new IOException("disk on fire");
                    },
                    RunOptions.trials(3)))
        .isInstanceOf(IOException.class)
        .hasMessage("disk on fire");
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.FAILED);
  }

  @Test
  void toleratesWhatItIsToldTo() throws IOException {
    Study study = builder().create();
    study.optimize(
        trial -> {
          throw new IOException("disk on fire");
        },
        RunOptions.trials(3).tolerating(IOException.class));
    assertThat(study.trials()).hasSize(3);
  }

  @Test
  void typedFailuresDoNotEndTheStudy() {
    Study study = builder().create();
    study.optimize(
        trial -> {
          throw new TrialFailedException(FailureReason.OUT_OF_MEMORY, "device full");
        },
        RunOptions.trials(2));
    assertThat(study.trials())
        .extracting(t -> t.outcome().orElseThrow())
        .containsOnly(Outcome.failed(FailureReason.OUT_OF_MEMORY, messageOf("device full")));
  }

  private static String messageOf(String message) {
    return new TrialFailedException(FailureReason.OUT_OF_MEMORY, message).toString();
  }

  @Test
  void prunedTrialsKeepTheirReports() {
    Study study = builder().create();
    study.optimize(
        trial -> {
          trial.report(0, 3);
          trial.report(1, 2);
          throw new TrialPrunedException("enough");
        },
        RunOptions.trials(1));
    assertThat(study.trial(0).state()).isEqualTo(TrialState.PRUNED);
    assertThat(study.trial(0).reports("")).extracting("value").containsExactly(3.0, 2.0);
  }

  @Test
  void tellingTwiceIsAnError() {
    Study study = builder().create();
    Trial trial = study.ask();
    study.tell(trial, 1);
    assertThatIllegalStateException()
        .isThrownBy(() -> study.tell(trial, 2))
        .withMessageContaining("trial 0 has already ended");
    assertThat(study.best().value()).isEqualTo(1);
  }

  @Test
  void fewerThanNoTrialsCannotBeAskedFor() {
    Study study = Study.named("s").minimize("loss").create();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.ask(-1))
        .withMessage("count must be at least 0, got -1");
  }

  @Test
  void anEnqueuedOptionThatIsNullIsNamed() {
    Study study =
        Study.named("s")
            .minimize("loss")
            .space(SearchSpace.of(Parameters.choice("activation", "relu", "mish")))
            .create();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.enqueue(Collections.singletonMap("activation", null)))
        .withMessageContaining("parameter 'activation'")
        .withMessageContaining("null");
  }

  @Test
  void enqueuedTrialsRunFirst() {
    Study study = builder().create();
    study.enqueue(Map.of("x", 7));
    study.optimize(StudyTest::parabola, RunOptions.trials(2));
    assertThat(study.trial(0).configuration().get("x")).isEqualTo(7.0);
  }

  @Test
  void enqueuingAValueOutsideADeclaredSpaceIsAnError() {
    Study study = builder().space(SearchSpace.of(X)).create();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.enqueue(Map.of("x", 7)))
        .withMessageContaining("'x'")
        .withMessageContaining("7");
  }

  @Test
  void importsTrialsOfAnotherStudy() {
    Study first = builder().create();
    first.optimize(StudyTest::parabola, RunOptions.trials(5));
    Study second = builder().create();
    first.trials().forEach(second::importTrial);
    assertThat(second.best().configuration()).isEqualTo(first.best().configuration());
  }

  @Test
  void trialsCountsThoseOfEarlierRuns() {
    Storage storage = Storage.inMemory();
    builder().storage(storage).create().optimize(StudyTest::parabola, RunOptions.trials(4));
    Study study = builder().storage(storage).createOrResume();
    study.optimize(StudyTest::parabola, RunOptions.trials(10));
    study.optimize(StudyTest::parabola, RunOptions.additionalTrials(1));
    assertThat(study.trialCount()).isEqualTo(11);
  }

  @Test
  void resumingWithAnotherSeedIsAnError() {
    Storage storage = Storage.inMemory();
    builder().storage(storage).create();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().seed(2).storage(storage).createOrResume())
        .withMessageContaining("seed")
        .withMessageContaining("1")
        .withMessageContaining("2");
  }

  @Test
  void rerunGivesTheSameValuesAndRandomNumbers() {
    List<Double> weights = new ArrayList<>();
    Study study = builder().create();
    study.optimize(
        trial -> {
          weights.add(trial.random("weights").nextDouble());
          return parabola(trial);
        },
        RunOptions.trials(5));
    Trial again = study.rerun(3);
    assertThat(parabola(again)).isEqualTo(study.trial(3).value());
    assertThat(again.random("weights").nextDouble()).isEqualTo(weights.get(3));
    assertThat(again.directions()).isEqualTo(study.directions());
    assertThat(weights).doesNotHaveDuplicates();
  }

  @Test
  void finishByStartsNoTrialThatWouldEndTooLate() {
    Study study = builder().create();
    AtomicInteger started = new AtomicInteger();
    Instant end = Instant.now().plusMillis(700);
    study.optimize(
        trial -> {
          started.incrementAndGet();
          sleep(300);
          return 0;
        },
        RunOptions.trials(100).finishBy(end));
    // The first takes 300 ms; a third would end after 900.
    assertThat(started).hasValueBetween(1, 2);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void trialsPastTheirTimeLimitFailAtTheNextReport() {
    Study study = builder().create();
    study.optimize(
        trial -> {
          sleep(20);
          trial.reportOrPrune(0, 1);
          return 1;
        },
        RunOptions.trials(1).withTrialTimeLimit(Duration.ofMillis(5)));
    assertThat(study.trial(0).outcome())
        .hasValueSatisfying(
            o -> assertThat(((Outcome.Failed) o).reason()).isEqualTo(FailureReason.TIMEOUT));
  }

  @Test
  void stopsWhenAConditionIsMet() {
    Study study = builder().create();
    study.optimize(
        trial -> trial.number() == 4 ? 0 : 1,
        RunOptions.trials(100).stopWhen(StopCondition.valueReached(0.5)));
    assertThat(study.trialCount()).isEqualTo(5);
  }

  @Test
  void orderedRunsAreTheSameAtAnyNumberOfThreads() {
    List<List<Map<String, Object>>> runs = new ArrayList<>();
    for (int threads : new int[] {1, 2, 8}) {
      Study study = builder().create();
      study.optimize(
          StudyTest::parabola, RunOptions.trials(60).ordered(8).withParallelism(threads));
      runs.add(study.trials().stream().map(t -> t.configuration().toMap()).toList());
    }
    assertThat(runs.get(1)).isEqualTo(runs.get(0));
    assertThat(runs.get(2)).isEqualTo(runs.get(0));
  }

  @Test
  void interruptionGivesTheTrialBack() throws Exception {
    Study study = builder().create();
    Thread runner =
        new Thread(
            () -> {
              try {
                study.optimize(
                    trial -> {
                      Thread.sleep(60_000);
                      return 0;
                    },
                    RunOptions.trials(1));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    runner.start();
    while (study.trialCount() == 0) {
      Thread.onSpinWait();
    }
    runner.interrupt();
    runner.join();
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
    study.optimize(StudyTest::parabola, RunOptions.trials(1));
    assertThat(study.trial(0).state()).isEqualTo(TrialState.COMPLETE);
  }

  @Test
  void listenersAreToldOfReportsByTheMetricsName() {
    List<String> told = new ArrayList<>();
    StudyListener listener =
        new StudyListener() {
          @Override
          public void trialReported(
              BaseStudy study, Trial trial, String metric, int step, double value) {
            told.add(trial.number() + " " + metric + " " + step + " " + value);
          }
        };
    Study study = Study.named("reports").minimize("val_loss").create();
    study.optimize(
        trial -> {
          trial.report(3, 0.5);
          trial.report("accuracy", 3, 0.25);
          return 1;
        },
        RunOptions.trials(1).withListener(listener));
    assertThat(told).containsExactly("0 val_loss 3 0.5", "0 accuracy 3 0.25");
  }
}
