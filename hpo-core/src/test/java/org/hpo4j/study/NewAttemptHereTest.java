package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hpo4j.contract.TestStudies;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.StorageException;
import org.hpo4j.storage.StudyChange;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialPrunedException;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trial that was taken for lost and has begun again in the same process: what its first attempt
 * still writes is refused, and the second one is left alone.
 */
class NewAttemptHereTest {

  private final FaultyStorage storage = new FaultyStorage();
  private final Study study = settings().create();

  private StudyBuilder settings() {
    return Study.named("attempts")
        .minimize("loss")
        .retrying(FailureReason.EXCEPTION, 3)
        .sampler(RandomSampler.ofDefaults())
        .storage(storage);
  }

  /** Gives trial 0 back to the queue and starts it again. */
  private Trial beginAgain(Study by) {
    storage.recover("attempts", 0);
    Trial again = by.ask();
    assertThat(again.number()).isZero();
    return again;
  }

  private void requireEndedBy(Trial second) {
    assertThat(study.trial(0).state()).isEqualTo(TrialState.RUNNING);
    assertThat(study.trial(0).reports()).isEmpty();
    second.report(0, 4);
    study.tell(second, 5);
    assertThat(study.trial(0).outcome()).contains(Outcome.completed(5));
  }

  @Test
  void theEndOfTheFirstAttemptIsRefusedAndNoted() {
    Trial first = study.ask();
    Trial second = beginAgain(study);
    study.tell(first, -99);

    assertThat(storage.refused())
        .singleElement()
        .isInstanceOfSatisfying(
            StudyChange.FinishTrial.class,
            end -> assertThat(end.outcome()).isEqualTo(Outcome.completed(-99)));
    requireEndedBy(second);
  }

  @Test
  void soItIsAfterTheSecondAttemptHasEnded() {
    Trial first = study.ask();
    requireEndedBy(beginAgain(study));
    study.tell(first, -99);

    assertThat(storage.refused()).hasSize(1);
    assertThat(study.trial(0).outcome()).contains(Outcome.completed(5));
  }

  @Test
  void aFailureOfTheFirstAttemptIsNotRetried() {
    Trial first = study.ask();
    Trial second = beginAgain(study);
    study.tell(first, Outcome.failed(FailureReason.EXCEPTION, "late"));
    requireEndedBy(second);
  }

  @Test
  void aReportOfTheFirstAttemptIsRefusedAndPrunesIt() {
    Trial first = study.ask();
    Trial second = beginAgain(study);
    assertThat(first.shouldPrune()).isTrue();
    assertThatThrownBy(() -> first.reportOrPrune(7, -99)).isInstanceOf(TrialPrunedException.class);

    assertThat(storage.refused()).singleElement().isEqualTo(new StudyChange.Report(0, "", 7, -99));
    requireEndedBy(second);
  }

  @Test
  void allThatTheFirstAttemptWritesIsNoted() {
    Trial first = study.ask();
    Trial second = beginAgain(study);
    first.report(7, -99);
    first.setAttribute("late", true);
    first.report(8, -98);
    study.tell(first, -97);

    assertThat(storage.refused())
        .startsWith(
            new StudyChange.Report(0, "", 7, -99),
            new StudyChange.SetTrialAttribute(0, "late", true),
            new StudyChange.Report(0, "", 8, -98))
        .hasSize(4)
        .last()
        .isInstanceOfSatisfying(
            StudyChange.FinishTrial.class,
            end -> assertThat(end.outcome()).isEqualTo(Outcome.completed(-97)));
    requireEndedBy(second);
  }

  @Test
  void anotherObjectOfTheStudyMayHaveBegunItAgain() {
    Study other = settings().resume();
    Trial first = study.ask();
    Trial second = beginAgain(other);
    study.tell(first, -99);

    other.tell(second, 5);
    assertThat(study.trial(0).outcome()).contains(Outcome.completed(5));
  }

  @Test
  void theFirstAttemptAttachesNoMoreFiles(@TempDir Path folder) throws Exception {
    Study filed = settings().artifacts(folder).resume();
    Path file = Files.writeString(folder.resolve("file"), "late");
    Trial first = filed.ask();
    beginAgain(filed);
    first.attach("weights", file);

    assertThat(filed.artifacts(0)).isEmpty();
  }

  @Test
  void aRunGoesOnAndCountsTheSecondAttempt() {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch recovered = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch firstIsOver = new CountDownLatch(1);
    study.optimize(
        trial -> {
          if (trial.number() > 0) {
            await(recovered);
            return 1;
          }
          if (attempts.incrementAndGet() > 1) {
            second.countDown();
            await(firstIsOver);
            trial.report(0, 4);
            return 5;
          }
          storage.recover("attempts", 0);
          recovered.countDown();
          await(second);
          trial.report(1, -99);
          firstIsOver.countDown();
          return -99;
        },
        RunOptions.trials(3).withParallelism(2));

    assertThat(attempts).hasValue(2);
    assertThat(study.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.COMPLETE);
    assertThat(study.trial(0).outcome()).contains(Outcome.completed(5));
    assertThat(study.trial(0).reports("")).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What could not be recorded is given back to the queue later, unless it has begun again. */
  @Test
  void aFirstAttemptThatCouldNotEndDoesNotTakeTheSecondOnesTrial() throws Exception {
    storage.failToEnd(2);
    assertThatThrownBy(
            () ->
                study.optimize(
                    trial -> 1, RunOptions.trials(1).withListener(new StudyListener() {})))
        .isInstanceOf(StorageException.class);
    Trial second = beginAgain(study);
    TimeUnit.MILLISECONDS.sleep(1_100);

    assertThat(study.ask().number()).isOne();
    requireEndedBy(second);
  }

  @Test
  void aTrialThatIsTakenAwayWhileItBeginsIsLeftAlone() {
    Study declared =
        Study.named("declared")
            .minimize("loss")
            .space(SearchSpace.of(TestStudies.X))
            .storage(storage)
            .create();
    declared.enqueue(Map.of("x", 0.5));
    storage.takeAwayWhatIsClaimed();

    assertThat(declared.ask().number()).isOne();
    assertThat(declared.trial(0).state()).isEqualTo(TrialState.RUNNING);
  }
}
