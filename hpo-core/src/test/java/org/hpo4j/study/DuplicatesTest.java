package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Constraint;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Durability;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.storage.StudyStorage;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DuplicatesTest {

  private static final Parameter<Integer> X = Parameters.integer("x", 0, 9);

  private static StudyBuilder study(Duplicates policy) {
    return Study.named("s")
        .minimize("loss")
        .space(SearchSpace.of(X))
        .sampler(RandomSampler.ofDefaults())
        .seed(3)
        .duplicates(policy);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESAMPLE", "REUSE"})
  void whereOnlyTheObjectiveKnowsTheSpaceRepetitionsCannotBeAvoided(Duplicates policy) {
    StudyBuilder undeclared = Study.named("s").minimize("loss").duplicates(policy);

    assertThatThrownBy(undeclared::create)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'s'")
        .hasMessageContaining(policy.name())
        .hasMessageContaining("space(...)");
  }

  @Test
  void resamplingTriesEveryValueBeforeItRepeatsOne() {
    Study study = study(Duplicates.RESAMPLE).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(10));
    assertThat(study.trials().stream().map(t -> t.get(X)))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"RESAMPLE", "REUSE"})
  void aRunEndsWhereEveryValueHasBeenTried(Duplicates policy) {
    for (RunOptions options : List.of(RunOptions.unlimited(), RunOptions.trials(10_000))) {
      Study study = study(policy).create();
      List<Integer> evaluated = new ArrayList<>();
      study.optimize(
          trial -> {
            evaluated.add(trial.suggest(X));
            return trial.suggest(X);
          },
          options);
      assertThat(evaluated)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
    }
  }

  @Test
  void replicatingNeverUsesUpASpace() {
    Study study = study(Duplicates.REPLICATE).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(30));
    assertThat(study.trialCount()).isEqualTo(30);
  }

  @Test
  void aValueWhoseTrialFailedHasBeenTried() {
    Study study = study(Duplicates.REUSE).create();
    study.optimize(
        trial -> trial.suggest(X) < 5 ? Double.NaN : trial.suggest(X), RunOptions.unlimited());
    assertThat(study.trials().stream().filter(t -> t.state() == TrialState.FAILED)).hasSize(5);
  }

  @Test
  void onlyWhatTheConstraintsAllowIsToBeTried() {
    Parameter<Integer> y = Parameters.integer("y", 0, 9);
    SearchSpace space = SearchSpace.of(X, y).where(Constraint.lessThan(X, y));
    Study study = study(Duplicates.RESAMPLE).space(space).create();
    study.optimize(trial -> trial.suggest(X) + trial.suggest(y), RunOptions.unlimited());
    assertThat(study.trialCount()).isEqualTo(45);
  }

  @Test
  void branchesAreCountedApart() {
    SearchSpace space =
        SearchSpace.of(
            Parameters.oneOf(
                "net",
                Parameters.when("deep", X),
                Parameters.when("flat"),
                Parameters.when("wide", X, Parameters.choice("act", "relu", "mish"))));
    Study study = study(Duplicates.REUSE).space(space).create();
    study.optimize(trial -> trial.configuration().size(), RunOptions.unlimited());
    assertThat(study.trials().stream().map(FrozenTrial::configuration).distinct()).hasSize(31);
  }

  @Test
  void aContinuousSpaceIsNeverUsedUp() {
    SearchSpace space = SearchSpace.of(Parameters.uniform("u", 0, 1));
    Study study =
        study(Duplicates.RESAMPLE).space(space).sampler(new ConstantSampler(0.5)).create();
    study.optimize(trial -> trial.number(), RunOptions.trials(3));
    assertThat(study.trialCount()).isEqualTo(3);
  }

  @Test
  void resamplingTriesWhatIsLeftWhereTheSamplerRepeatsItself() {
    Study study = study(Duplicates.RESAMPLE).sampler(new ConstantSampler(4)).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.unlimited());
    // The defaults, what the sampler says, and the others in order.
    assertThat(study.trials())
        .extracting(t -> t.get(X))
        .containsExactly(5, 4, 0, 1, 2, 3, 6, 7, 8, 9);
  }

  @Test
  void reusingEndsWhereTheSamplerRepeatsItself() {
    Study study = study(Duplicates.REUSE).sampler(new ConstantSampler(4)).create();
    List<Integer> evaluated = new ArrayList<>();
    study.optimize(
        trial -> {
          evaluated.add(trial.suggest(X));
          return trial.suggest(X);
        },
        RunOptions.unlimited());
    assertThat(evaluated).containsExactly(5, 4, 0, 1, 2, 3, 6, 7, 8, 9);
    assertThat(study.trialCount()).isEqualTo(10 + 8 * RepeatPolicy.MOST_REUSED);
  }

  /** A repetition begins and ends in two commits; in between it does not show what it is. */
  @Test
  void anOrderedRunWaitsForARepetitionThatAnotherProcessHasJustBegun() throws Exception {
    Storage storage = Storage.inMemory();
    Study study = study(Duplicates.REUSE).storage(storage).sampler(new ConstantSampler(4)).create();
    int next = 1 + RepeatPolicy.MOST_REUSED;
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(next));
    StudyStorage kept = storage.find(study.name()).orElseThrow();
    Configuration values = study.trial(1).configuration();
    study.locked(
        () ->
            kept.commit(
                List.of(
                    new StudyChange.StartTrial(
                        next, values, values, Optional.empty(), Instant.EPOCH)),
                Durability.VISIBLE));
    Thread run =
        new Thread(
            () ->
                study.optimize(trial -> trial.suggest(X), RunOptions.trials(next + 2).ordered(4)));
    run.start();
    while (run.isAlive() && run.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    study.locked(
        () ->
            kept.commit(
                List.of(
                    new StudyChange.SetTrialSystemAttribute(next, RepeatPolicy.REUSED, 1L),
                    new StudyChange.FinishTrial(next, Outcome.completed(4), Instant.EPOCH)),
                Durability.VISIBLE));
    run.join();
    assertThat(study.trial(next + 1).get(X)).isZero();
  }

  @Test
  void aSpaceIsUsedUpForTheNextRunToo() {
    Study study = study(Duplicates.REUSE).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.unlimited());
    int before = study.trialCount();
    study.optimize(trial -> trial.suggest(X), RunOptions.additionalTrials(5));
    assertThat(study.trialCount()).isEqualTo(before);
  }

  @Test
  void reusingRunsEveryValueOnce() {
    Study study = study(Duplicates.REUSE).create();
    List<Integer> evaluated = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    StudyListener listener =
        new StudyListener() {
          @Override
          public void trialFinished(BaseStudy of, FrozenTrial trial) {
            told.add(trial.number());
          }
        };
    study.optimize(
        trial -> {
          evaluated.add(trial.suggest(X));
          return trial.suggest(X);
        },
        RunOptions.trials(100).withListener(listener));
    assertThat(evaluated).hasSize(10).doesNotHaveDuplicates();
    assertThat(told).hasSize(study.trialCount());
    assertThat(study.trials())
        .hasSizeGreaterThan(10)
        .allSatisfy(trial -> assertThat(trial.value()).isEqualTo(trial.get(X).doubleValue()));
  }

  @Test
  void reusingTakesTheMeasuredConstraintsToo() {
    Study study = study(Duplicates.REUSE).constraints("memory").create();
    study.optimize(
        trial -> {
          trial.constrain("memory", trial.suggest(X) - 5);
          return trial.suggest(X);
        },
        RunOptions.trials(30));
    assertThat(study.trials())
        .allSatisfy(trial -> assertThat(trial.constraints()).containsExactly(trial.get(X) - 5.0));
  }

  @Test
  void aRepetitionWhoseProcessDiedBeforeItsEndDoesNotRun() {
    Study study = study(Duplicates.REUSE).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(1));
    Configuration known = study.trial(0).configuration();
    study
        .storage()
        .commit(
            List.of(
                new StudyChange.StartTrial(1, known, known, Optional.empty(), Instant.EPOCH),
                new StudyChange.RequeueTrial(1)),
            Durability.DURABLE);
    List<Integer> run = new ArrayList<>();
    study.optimize(
        trial -> {
          run.add(trial.number());
          return -1;
        },
        RunOptions.trials(2));
    assertThat(run).isEmpty();
    assertThat(study.trial(1).value()).isEqualTo(study.trial(0).value());
  }

  @Test
  void enqueuedValuesRunThoughTheyAreKnown() {
    Study study = study(Duplicates.REUSE).create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(1));
    study.enqueue(study.trial(0).configuration().toMap());
    study.optimize(trial -> -1, RunOptions.trials(2));
    assertThat(study.trial(1).value()).isEqualTo(-1);
  }

  @Test
  void askingNeverHandsOutAReusedTrial() {
    Study study = study(Duplicates.REUSE).create();
    for (int i = 0; i < 9; i++) {
      Trial trial = study.ask();
      study.tell(trial, trial.suggest(X));
    }
    List<Integer> run =
        study.trials().stream()
            .filter(t -> t.state() == TrialState.COMPLETE)
            .map(t -> t.get(X))
            .distinct()
            .toList();
    assertThat(run).hasSize(9);
  }

  @Test
  void askingEndsWhereEveryValueIsKnown() {
    Study study = study(Duplicates.REUSE).create();
    for (int x = 0; x < 10; x++) {
      study.importTrial(Configuration.builder().set(X, x).build(), x);
    }
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(study::ask)
        .withMessageContaining("every configuration of the space");
  }

  @Test
  void replicatingIsTheDefault() {
    Study study =
        Study.named("s")
            .minimize("loss")
            .space(SearchSpace.of(X))
            .sampler(RandomSampler.ofDefaults())
            .seed(3)
            .create();
    study.optimize(trial -> trial.suggest(X), RunOptions.trials(11));
    assertThat(study.trials().stream().map(t -> t.get(X)).distinct().count()).isLessThan(10);
  }

  @Test
  void anOrderedRunResamplesTheSameWithEightThreads() {
    Study one = study(Duplicates.RESAMPLE).create();
    one.optimize(trial -> trial.suggest(X), RunOptions.trials(30).ordered(8));
    Study eight = study(Duplicates.RESAMPLE).create();
    eight.optimize(trial -> trial.suggest(X), RunOptions.trials(30).ordered(8).withParallelism(8));
    assertThat(eight.export().canonicalJson()).isEqualTo(one.export().canonicalJson());
  }
}
