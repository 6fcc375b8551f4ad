package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.hpo4j.contract.LogWatch;
import org.hpo4j.json.Json;
import org.hpo4j.sampler.GridSampler;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.storage.Storage;
import org.hpo4j.storage.journal.JournalStorage;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialState;
import org.hpo4j.trial.TrialTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failed trial is started again as often as the study says for that kind of failure. */
class RetryTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private static StudyBuilder builder() {
    return Study.named("retries").minimize("loss").seed(5);
  }

  private final List<Integer> started = new ArrayList<>();

  /** Trial 1 times out so many times. */
  private Objective<RuntimeException> timingOut(int times) {
    return trial -> {
      double x = trial.uniform("x", 0, 1) + trial.random("noise").nextDouble();
      long attempts;
      synchronized (started) {
        started.add(trial.number());
        attempts = started.stream().filter(n -> n == 1).count();
      }
      trial.report(0, x);
      if (trial.number() == 1 && attempts <= times) {
        throw new TrialFailedException(FailureReason.TIMEOUT, "too slow");
      }
      return x;
    };
  }

  private static Object kept(Study study, String key) {
    return kept(study, 1, key);
  }

  private static Object kept(Study study, int number, String key) {
    return study.storage().table().systemAttribute(number, key).orElse("nothing");
  }

  @Test
  void aTrialRunsAgainUnderItsOwnNumber() {
    Study study = builder().retrying(FailureReason.TIMEOUT, 2).create();
    study.optimize(timingOut(2), RunOptions.trials(3));

    assertThat(started).containsExactly(0, 1, 1, 1, 2);
    assertThat(study.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.COMPLETE);
  }

  @Test
  void aRetriedStudyEqualsOneWithoutFailures() {
    Study smooth = builder().create();
    smooth.optimize(timingOut(0), RunOptions.trials(20).ordered(4).withParallelism(2));
    started.clear();
    Study retried = builder().retrying(FailureReason.TIMEOUT, 2).create();
    retried.optimize(timingOut(2), RunOptions.trials(20).ordered(4).withParallelism(2));

    assertThat(retried.export().canonicalJson()).isEqualTo(smooth.export().canonicalJson());
  }

  @Test
  void theEarlierFailuresAreKept() {
    Study study = builder().retrying(FailureReason.TIMEOUT, 2).create();
    study.optimize(timingOut(2), RunOptions.trials(2));
    String message = new TrialFailedException(FailureReason.TIMEOUT, "too slow").toString();
    Map<String, Object> failure = Map.of("reason", "TIMEOUT", "message", message);

    assertThat(kept(study, Retries.ATTEMPTS)).isEqualTo(3L);
    assertThat(kept(study, Retries.RETRIES)).isEqualTo(List.of(failure, failure));
  }

  @Test
  void ofManyFailuresTheLastAreKeptAndTheOthersCounted() {
    Study study =
        builder()
            .retrying(FailureReason.TIMEOUT, 20)
            .retrying(FailureReason.NOT_A_NUMBER, 3)
            .create();
    AtomicInteger attempts = new AtomicInteger();
    study.optimize(
        trial -> {
          if (trial.number() == 0) {
            return 0;
          }
          if (attempts.incrementAndGet() % 6 == 0) {
            return Double.NaN;
          }
          throw new TrialFailedException(
              FailureReason.TIMEOUT, "too slow " + "\u6f22".repeat(1_000));
        },
        RunOptions.trials(2));

    // 20 of one kind and 3 of the other, and one more.
    assertThat(attempts).hasValue(24);
    assertThat(kept(study, Retries.ATTEMPTS)).isEqualTo(24L);
    List<?> failures = (List<?>) kept(study, Retries.RETRIES);
    assertThat(failures).hasSize(2 + Retries.MOST_MESSAGES);
    assertThat(failures.get(0)).isEqualTo(Map.of("reason", "NOT_A_NUMBER", "times", 3L));
    assertThat(failures.get(1)).isEqualTo(Map.of("reason", "TIMEOUT", "times", 15L));
    assertThat(Json.write(failures).length()).isLessThan(20_000);
    assertThat(study.trial(1).state()).isEqualTo(TrialState.FAILED);
  }

  /** Attempts without a record count as deaths of a process. */
  @Test
  void theRecordOfAFailureIsWrittenBeforeItsAttemptCounts() {
    Retries retries = new Retries(new TrialTable(List.of(Direction.MINIMIZE)), Map.of());
    assertThat(retries.attributes(0, new Outcome.Failed(FailureReason.TIMEOUT, "slow")).keySet())
        .containsExactly(Retries.RETRIES, Retries.ATTEMPTS);
  }

  @Test
  void noMessageIsCutInTheMiddleOfACharacter() {
    Retries retries = new Retries(new TrialTable(List.of(Direction.MINIMIZE)), Map.of());
    for (String start : List.of("", "x")) {
      String message = start + "\ud83d\ude00".repeat(1_000);
      Object kept =
          retries
              .attributes(0, new Outcome.Failed(FailureReason.TIMEOUT, message))
              .get(Retries.RETRIES);
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(String.valueOf(kept))).isTrue();
    }
  }

  /** The values of the first attempt are no more kept than its outcome. */
  @Test
  void aConflictWithWhatAnotherProcessHasRecordedIsRetriedLikeOtherExceptions(@TempDir Path folder)
      throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (Storage storage = JournalStorage.open(folder.resolve("j"));
        Storage elsewhere = JournalStorage.open(folder.resolve("j"))) {
      Study study = builder().retrying(FailureReason.EXCEPTION, 2).storage(storage).create();
      Study other = builder().storage(elsewhere).resume();
      study.optimize(
          trial -> {
            double high = attempts.incrementAndGet() == 1 ? 1 : 2;
            double x = trial.uniform("x", 0, high);
            if (high == 1) {
              Trial first = other.ask();
              other.tell(first, first.uniform("x", 0, 2));
            }
            return x;
          },
          RunOptions.trials(3));

      assertThat(study.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.COMPLETE);
      assertThat(kept(study, 0, Retries.ATTEMPTS)).isEqualTo(2L);
    }
  }

  @Test
  void longRecordsOfEarlierVersionsAreCountedAndShortened() {
    Map<String, Object> failure = Map.of("reason", "TIMEOUT", "message", "too slow");
    TrialTable table = new TrialTable(List.of(Direction.MINIMIZE));
    table.add();
    table.setSystemAttribute(0, Retries.ATTEMPTS, 43L);
    table.setSystemAttribute(0, Retries.RETRIES, Collections.nCopies(40, failure));
    Retries retries = new Retries(table, Map.of(FailureReason.TIMEOUT, 41));
    assertThat(retries.failuresBefore(0, FailureReason.TIMEOUT)).isEqualTo(40);
    assertThat(retries.failuresBefore(0, FailureReason.LOST)).isEqualTo(2);
    assertThat(retries.isRetried(0, FailureReason.TIMEOUT)).isTrue();

    retries
        .attributes(0, new Outcome.Failed(FailureReason.TIMEOUT, "too slow"))
        .forEach((key, value) -> table.setSystemAttribute(0, key, value));

    assertThat(table.systemAttribute(0, Retries.RETRIES).orElseThrow())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(1 + Retries.MOST_MESSAGES);
    assertThat(retries.failuresBefore(0, FailureReason.TIMEOUT)).isEqualTo(41);
    assertThat(retries.failuresBefore(0, FailureReason.LOST)).isEqualTo(2);
    assertThat(retries.isRetried(0, FailureReason.TIMEOUT)).isFalse();
  }

  @Test
  void whatARetriedAttemptHasMeasuredIsForgotten(@TempDir Path folder) {
    Path path = folder.resolve("journal.log");
    try (Storage storage = JournalStorage.open(path)) {
      Study study = constrained(storage);
      Trial first = study.ask();
      first.constrain("memory", -1);
      study.tell(first, Outcome.failed(FailureReason.TIMEOUT, "too slow"));
      assertThat(study.trial(0).constraints()).isEmpty();
      study.ask();
      assertThat(study.storage().table().violation(0)).isInfinite();
      assertThat(study.trial(0).constraints()).isEmpty();
    }
    assertThat(path).content().doesNotContain("\"constraints\"");
  }

  private static Study constrained(Storage storage) {
    return builder()
        .constraints("memory")
        .retrying(FailureReason.TIMEOUT, 1)
        .storage(storage)
        .create();
  }

  @Test
  void aTrialWithoutRetriesLeftFailsForItsReason() {
    Study study = builder().retrying(FailureReason.TIMEOUT, 2).create();
    study.optimize(timingOut(3), RunOptions.trials(3));

    assertThat(started).containsExactly(0, 1, 1, 1, 2);
    assertThat(study.trial(1).outcome().orElseThrow())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(FailureReason.TIMEOUT));
  }

  @Test
  void retriesOfOneKindAreNoneOfAnother() {
    Study study = builder().retrying(FailureReason.NOT_A_NUMBER, 2).create();
    study.optimize(timingOut(3), RunOptions.trials(2));

    assertThat(study.trial(1).state()).isEqualTo(TrialState.FAILED);
  }

  @Test
  void nothingButLostTrialsIsRetriedByDefault() {
    Study study = builder().create();
    study.optimize(timingOut(1), RunOptions.trials(2));

    assertThat(study.trial(1).state()).isEqualTo(TrialState.FAILED);
    assertThat(builder().retries()).isEqualTo(Map.of(FailureReason.LOST, 2));
  }

  @Test
  void anExceptionEndsTheRunWhenItsRetriesAreUsedUp() {
    Study study = builder().retrying(FailureReason.EXCEPTION, 1).create();
    assertThatThrownBy(
            () ->
                study.optimize(
                    trial -> {
                      started.add(trial.number());
                      throw new IllegalStateException("broken");
                    },
                    RunOptions.trials(3)))
        .hasMessage("broken");

    assertThat(started).containsExactly(0, 0);
    assertThat(study.trial(0).state()).isEqualTo(TrialState.FAILED);
  }

  @Test
  void aToldFailureIsAskedForAgain() {
    Study study = builder().retrying(FailureReason.NOT_A_NUMBER, 1).create();
    Trial first = study.ask();
    double x = first.uniform("x", 0, 1);
    study.tell(first, Double.NaN);
    Trial second = study.ask();

    assertThat(second.number()).isEqualTo(first.number());
    assertThat(second.uniform("x", 0, 1)).isEqualTo(x);
    study.tell(second, Double.NaN);
    assertThat(study.trial(0).state()).isEqualTo(TrialState.FAILED);
  }

  @Test
  void timesMustNotBeNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().retrying(FailureReason.TIMEOUT, -1))
        .withMessageContaining("times")
        .withMessageContaining("-1");
  }

  /** The thread that writes the failure to the log is slower than the one that tries again. */
  @Test
  @Timeout(60)
  void aTrialThatAnotherThreadTriesAgainGoesOnCounting() {
    CountDownLatch again = new CountDownLatch(1);
    CountDownLatch tooMany = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    Study study = builder().retrying(FailureReason.TIMEOUT, 1).create();
    LogWatch slow = LogWatch.reacting(StudyRunner.class.getName(), failure -> await(again, LONG));
    try {
      study.optimize(
          trial -> {
            if (trial.number() == 3) {
              tooMany.countDown();
            } else if (trial.number() == 0 && attempts.incrementAndGet() == 1) {
              throw new TrialFailedException(FailureReason.TIMEOUT, "too slow");
            } else if (trial.number() == 0) {
              again.countDown();
              await(tooMany, Duration.ofMillis(300));
            } else if (trial.number() == 1) {
              while (study.trial(0).state() == TrialState.RUNNING) {
                Thread.onSpinWait();
              }
            }
            return trial.uniform("x", 0, 1);
          },
          RunOptions.trials(3).withParallelism(2));
    } finally {
      slow.close();
    }
    assertThat(attempts).hasValue(2);
    assertThat(study.trials()).hasSize(3).allMatch(trial -> trial.state().isFinished());
  }

  private static void await(CountDownLatch latch, Duration longest) {
    try {
      latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "4, 0", "1, 4", "2, 4", "4, 4"})
  void aFiniteSpaceIsUsedUpOnlyWhenNothingThatRunsCanBeTriedAgain(int threads, int lag)
      throws InterruptedException {
    SearchSpace space = SearchSpace.of(Parameters.integer("x", 0, 7));
    Study study =
        builder()
            .space(space)
            .sampler(GridSampler.of(space))
            .retrying(FailureReason.TIMEOUT, 3)
            .create();
    Set<Integer> failed = ConcurrentHashMap.newKeySet();
    RunOptions options = RunOptions.unlimited().withParallelism(threads);
    Objective<InterruptedException> oddOnesFailOnce =
        trial -> {
          int x = trial.integer("x", 0, 7);
          Thread.sleep(10);
          if (trial.number() % 2 == 1 && failed.add(trial.number())) {
            throw new TrialFailedException(FailureReason.TIMEOUT, "too slow");
          }
          return x;
        };
    study.optimize(oddOnesFailOnce, lag > 0 ? options.ordered(lag) : options);
    assertThat(study.trials())
        .hasSize(8)
        .extracting(FrozenTrial::state)
        .containsOnly(TrialState.COMPLETE);
  }
}
