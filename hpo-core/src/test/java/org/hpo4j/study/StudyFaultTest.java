package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hpo4j.space.Parameters.choice;
import static org.hpo4j.space.Parameters.uniform;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import org.hpo4j.sampler.GridSampler;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.StorageException;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around an objective neither loses an outcome nor blocks a study. */
class StudyFaultTest {

  private enum Activation {
    RELU,
    ELU;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static StudyBuilder builder() {
    return Study.named("faults").minimize("loss").seed(3);
  }

  private static double x(HyperParameters hp) {
    return hp.uniform("x", 0, 1);
  }

  @Test
  void aRepetitionWhoseEndCannotBeWrittenBlocksNoLaterRun() {
    Parameter<Double> x = uniform("x", 0, 1);
    FaultyStorage storage = FaultyStorage.failingToEnd(0);
    Study study =
        builder()
            .storage(storage)
            .space(SearchSpace.of(x))
            .duplicates(Duplicates.REUSE)
            .defaultsFirst(false)
            .sampler(new ConstantSampler(0.25))
            .create();
    study.optimize(trial -> trial.suggest(x), RunOptions.trials(1));
    storage.failToEnd(2);
    assertThatThrownBy(() -> study.optimize(trial -> -1, RunOptions.trials(2)))
        .isInstanceOf(StorageException.class);
    study.optimize(trial -> -1, RunOptions.trials(3).ordered(1));
    assertThat(study.trials()).extracting(FrozenTrial::value).containsOnly(0.25);
  }

  @Test
  void anOutcomeThatCannotBeWrittenAtFirstIsWrittenThen() {
    Study study = builder().storage(FaultyStorage.failingToEnd(1)).create();
    study.optimize(StudyFaultTest::x, RunOptions.trials(3));
    assertThat(study.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.COMPLETE);
  }

  @Test
  void anOutcomeThatCannotBeWrittenAtAllEndsTheRunAndItsTrialRunsAgain() {
    Study study = builder().storage(FaultyStorage.failingToEnd(2)).create();
    assertThatThrownBy(() -> study.optimize(StudyFaultTest::x, RunOptions.trials(3)))
        .isInstanceOf(StorageException.class)
        .hasMessage("the disk is full");
    study.optimize(StudyFaultTest::x, RunOptions.trials(3).ordered(1));
    assertThat(study.trials())
        .hasSize(3)
        .extracting(FrozenTrial::state)
        .containsOnly(TrialState.COMPLETE);
  }

  @Test
  void anOutcomeThatCannotBeMadeDurableEndsTheRunByThatCause() {
    FaultyStorage storage = new FaultyStorage();
    Study study = builder().storage(storage).create();
    List<Integer> told = new ArrayList<>();
    StudyListener listener =
        new StudyListener() {
          @Override
          public void trialStarted(BaseStudy started, Trial trial) {
            storage.failToSync(1);
          }

          @Override
          public void trialFinished(BaseStudy finished, FrozenTrial trial) {
            told.add(trial.number());
          }
        };
    assertThatThrownBy(
            () -> study.optimize(StudyFaultTest::x, RunOptions.trials(3).withListener(listener)))
        .isInstanceOf(StorageException.class)
        .hasMessage("the disk is broken");
    assertThat(told).isEmpty();
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.COMPLETE);
  }

  @Test
  void anOutcomeThatWasToldButCannotBeMadeDurableIsRecorded() {
    FaultyStorage storage = new FaultyStorage();
    Study study = builder().storage(storage).create();
    Trial trial = study.ask();
    storage.failToSync(1);
    assertThatThrownBy(() -> study.tell(trial, Outcome.completed(1)))
        .isInstanceOf(StorageException.class)
        .hasMessage("the disk is broken");
    assertThat(study.best().value()).isEqualTo(1);
  }

  @Test
  void aWrongEnqueuedValueIsRefusedOnceTheDomainIsKnown() {
    Study study = builder().create();
    study.optimize(StudyFaultTest::x, RunOptions.trials(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.enqueue(Map.of("x", 99)))
        .withMessageContaining("'x'")
        .withMessageContaining("99");
  }

  @Test
  void aWrongEnqueuedValueDoesNotBlockTheQueue() {
    Study study = builder().create();
    study.enqueue(Map.of("x", 99));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.optimize(StudyFaultTest::x, RunOptions.trials(2)))
        .withMessageContaining("99");
    study.optimize(StudyFaultTest::x, RunOptions.trials(2));
    assertThat(study.trials())
        .extracting(FrozenTrial::state)
        .containsExactly(TrialState.FAILED, TrialState.COMPLETE);
  }

  @Test
  void anEnumCanBeEnqueuedByItself() {
    Study study = builder().create();
    study.enqueue(Map.of("activation", Activation.ELU));
    study.optimize(
        trial -> trial.choice("activation", Activation.values()) == Activation.ELU ? 0 : 1,
        RunOptions.trials(1));
    assertThat(study.best().value()).isZero();
  }

  @Test
  void aTrialOfAnotherDomainCannotBeImportedIntoADeclaredSpace() {
    Study other = builder().create();
    other.optimize(trial -> trial.uniform("x", 0, 10), RunOptions.trials(1));
    Study study = builder().space(SearchSpace.of(uniform("x", 0, 1))).create();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.importTrial(other.trial(0)))
        .withMessageContaining("'x'")
        .withMessageContaining("uniform(0.0, 10.0)");
    study.optimize(Trial::number, RunOptions.trials(1));
    assertThat(study.trialCount()).isEqualTo(1);
  }

  @Test
  void resumingWithAnotherSpaceIsRefusedBeforeAnythingIsWritten() {
    Storage storage = Storage.inMemory();
    Study first = builder().storage(storage).create();
    first.optimize(StudyFaultTest::x, RunOptions.trials(1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> builder().storage(storage).space(SearchSpace.of(uniform("x", 0, 2))).resume())
        .withMessageContaining("'x'");
    SearchSpace right = SearchSpace.of(uniform("x", 0, 1));
    assertThat(builder().storage(storage).space(right).resume().trialCount()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().storage(storage).resume())
        .withMessageContaining("space");
  }

  @Test
  void askGivesWhatThereIs() {
    Parameter<String> color = choice("color", "red", "green");
    SearchSpace space = SearchSpace.of(color);
    Study study = builder().space(space).sampler(GridSampler.of(space)).create();
    assertThat(study.ask(8)).hasSize(2);
    assertThatThrownBy(() -> study.ask(8)).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void anInterruptedReadGivesTheTrialBack() throws Exception {
    Study study = builder().create();
    study.optimize(
        trial -> {
          throw new InterruptedIOException("interrupted");
        },
        RunOptions.trials(1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
  }

  @Test
  void laterChangesToAnAttributeDoNotReachTheStudy() {
    Study study = builder().create();
    study.optimize(
        trial -> {
          List<Object> tags = new ArrayList<>(List.of("a"));
          trial.setAttribute("tags", tags);
          tags.add(new Object());
          return x(trial);
        },
        RunOptions.trials(1));
    assertThat(study.trial(0).attributes()).isEqualTo(Map.of("tags", List.of("a")));
  }

  @Test
  void attributesOfTheStudyFollowTheSameRules() {
    Study study = builder().create();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.setAttribute("hpo4j:seed", 1))
        .withMessageContaining("hpo4j:seed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> study.setAttribute("thing", new Object()))
        .withMessageContaining("'thing'");
  }

  @Test
  void aPlainReportNoticesTheTimeLimit() {
    Study study = builder().create();
    study.optimize(
        trial -> {
          long end = System.nanoTime() + 5_000_000;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          trial.report(0, 1);
          return 1;
        },
        RunOptions.trials(1).withTrialTimeLimit(Duration.ofMillis(1)));
    assertThat(study.trial(0).state()).isEqualTo(TrialState.FAILED);
    assertThat(study.trial(0).reports("")).hasSize(1);
  }

  @Test
  @Timeout(60)
  void aTurnOfOthersIsNotWaitedForLongerThanTheRunGoes() {
    FaultyStorage storage = new FaultyStorage();
    storage.giveTurnToOthers(Duration.ofDays(1));
    Study study = builder().storage(storage).create();
    study.optimize(StudyFaultTest::x, RunOptions.unlimited().withTimeLimit(Duration.ofMillis(20)));
    assertThat(study.trialCount()).isZero();
  }

  @Test
  void noImprovementDoesNotCountTheQueue() {
    Study study = builder().create();
    for (int i = 0; i < 30; i++) {
      study.enqueue(Map.of("x", 0.5));
    }
    study.optimize(
        StudyFaultTest::x, RunOptions.trials(30).stopWhen(StopCondition.noImprovement(10)));
    assertThat(study.trials().stream().filter(t -> t.state().isFinished())).hasSize(11);
  }

  @Test
  void aTrialOfAnotherStudyCannotBeTold() {
    Trial trial = builder().create().ask();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().create().tell(trial, 1))
        .withMessageContaining("not asked for from this study");
  }

  @Test
  void aListenerThatThrowsEndsTheRunAndItsTrialRunsAgain() {
    Study study = builder().create();
    StudyListener broken =
        new StudyListener() {
          @Override
          public void trialStarted(BaseStudy running, Trial trial) {
            throw new IllegalStateException("broken listener");
          }
        };
    assertThatThrownBy(
            () -> study.optimize(StudyFaultTest::x, RunOptions.trials(1).withListener(broken)))
        .hasMessage("broken listener");
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
  }

  @Test
  void aListenerThatThrowsAtAReportEndsTheRunEvenIfTheObjectiveCatchesIt() {
    Study study = builder().create();
    StudyListener broken =
        new StudyListener() {
          @Override
          public void trialReported(
              BaseStudy running, Trial trial, String metric, int step, double value) {
            throw new IllegalStateException("broken listener");
          }
        };
    Objective<RuntimeException> careless =
        trial -> {
          try {
            trial.report(0, 1);
          } catch (RuntimeException e) {
            return 2;
          }
          return 1;
        };
    assertThatThrownBy(() -> study.optimize(careless, RunOptions.trials(3).withListener(broken)))
        .hasMessage("broken listener");
    assertThat(study.trials()).extracting(FrozenTrial::state).containsExactly(TrialState.WAITING);
  }

  @Test
  void veryLongLimitsAreNoLimits() {
    Study study = builder().create();
    study.optimize(
        StudyFaultTest::x,
        RunOptions.additionalTrials(2).withTimeLimit(Duration.ofSeconds(Long.MAX_VALUE)));
    study.optimize(
        StudyFaultTest::x,
        RunOptions.additionalTrials(Integer.MAX_VALUE)
            .stopWhen((running, last) -> last.number() == 3));
    assertThat(study.trialCount()).isEqualTo(4);
  }

  @Test
  void aKnownResultCanBeImported() {
    Study study = builder().create();
    Parameter<Double> x = uniform("x", 0, 1);
    int number = study.importTrial(Configuration.builder().set(x, 0.25).build(), 0.5);
    assertThat(study.trial(number).outcome()).contains(Outcome.completed(0.5));
  }

  /** As a lazy message may. */
  private static final class Speechless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  @Test
  void anExceptionWithoutWordsEndsItsTrialAllTheSame() {
    Study study = Study.named("speechless").minimize("loss").seed(1).create();
    study.optimize(
        trial -> {
          if (trial.number() == 1) {
            throw new Speechless();
          }
          return trial.uniform("x", 0, 1);
        },
        RunOptions.trials(3).tolerating(Speechless.class));
    assertThat(study.trials())
        .extracting(FrozenTrial::state)
        .containsExactly(TrialState.COMPLETE, TrialState.FAILED, TrialState.COMPLETE);
    assertThat(study.trial(1).outcome().orElseThrow().toString())
        .contains("Speechless, whose text cannot be told");
  }

  /** As a class may that was made for its type only. */
  private static final class Nameless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings({"NullAway", "OverrideThrowableToString", "ToStringReturnsNull"})
    public String toString() {
      return null;
    }
  }

  @Test
  void anExceptionWhoseTextIsNullEndsItsTrialByTheNameOfItsClass() {
    Study study =
        Study.named("nameless")
            .minimize("loss")
            .seed(1)
            .retrying(FailureReason.EXCEPTION, 1)
            .create();
    study.optimize(
        trial -> {
          throw new Nameless();
        },
        RunOptions.trials(1).tolerating(Nameless.class));
    assertThat(study.trial(0).outcome())
        .contains(Outcome.failed(FailureReason.EXCEPTION, Nameless.class.getName()));
  }

  @Test
  void theTimeOutOfALibraryIsNoInterruption() throws IOException {
    Study study = Study.named("slow bucket").minimize("loss").seed(1).create();
    study.optimize(
        trial -> {
          if (trial.number() == 1) {
            throw new InterruptedIOException("timeout");
          }
          return trial.uniform("x", 0, 1);
        },
        RunOptions.trials(3).tolerating(InterruptedIOException.class));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(study.trials())
        .extracting(FrozenTrial::state)
        .containsExactly(TrialState.COMPLETE, TrialState.FAILED, TrialState.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anInterruptionThatEndsInputGivesTheTrialBack(int threads) throws IOException {
    Study study = Study.named("interrupted input").minimize("loss").seed(1).create();
    study.optimize(
        trial -> {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("closed");
        },
        RunOptions.trials(threads).withParallelism(threads));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(study.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.WAITING);
  }

  @Test
  @SuppressWarnings("NullAway")
  void aFailureWithoutAMessageIsRecorded() {
    Study study = Study.named("wordless").minimize("loss").seed(1).create();
    Trial trial = study.ask();
    study.tell(trial, Outcome.failed(FailureReason.EXCEPTION, new Exception().getMessage()));
    assertThat(study.trial(0).outcome()).contains(Outcome.failed(FailureReason.EXCEPTION, ""));
  }

  @Test
  void aFailureNeedsAReason() {
    assertThatThrownBy(() -> new TrialFailedException(nothing(), "why"))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("reason");
    assertThatThrownBy(() -> Outcome.failed(nothing(), "why"))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("reason");
  }

  /** What Java code without null checks may pass. */
  @SuppressWarnings("NullAway")
  private static FailureReason nothing() {
    return null;
  }
}
