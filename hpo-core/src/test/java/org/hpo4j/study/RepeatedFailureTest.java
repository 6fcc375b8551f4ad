package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.junit.jupiter.api.Test;

/** A run whose trials fail in the same way, one after the other, ends and shows the cause. */
class RepeatedFailureTest {

  private final Study study = Study.named("failing").minimize("loss").create();

  private static double outOfMemory(Trial trial) {
    throw new OutOfMemoryError("needs " + (1e9 + trial.number()) + " bytes");
  }

  private static double illegal(Trial trial) {
    throw new IllegalArgumentException("no");
  }

  @Test
  void theExceptionShowsTheCauseAndTheTrials() {
    RunOptions options = RunOptions.trials(100).stopAfterIdenticalFailures(3);
    assertThatExceptionOfType(RepeatedFailureException.class)
        .isThrownBy(() -> study.optimize(RepeatedFailureTest::outOfMemory, options))
        .withMessageContaining("3 trials in a row")
        .withMessageContaining("OUT_OF_MEMORY")
        .withMessageContaining("needs 1.000000002E9 bytes")
        .withMessageContaining("[0, 1, 2]")
        .withCauseInstanceOf(OutOfMemoryError.class)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.OUT_OF_MEMORY))
        .satisfies(e -> assertThat(e.trials()).containsExactly(0, 1, 2));
    assertThat(study.trialCount()).isEqualTo(3);
  }

  @Test
  void addressesDoNotMakeFailuresDifferent() {
    assertThatExceptionOfType(RepeatedFailureException.class)
        .isThrownBy(
            () ->
                study.optimize(
                    trial -> {
                      String address = Integer.toHexString(0xabc0 + trial.number());
                      throw new TrialFailedException(FailureReason.EXCEPTION, "at 0x" + address);
                    },
                    RunOptions.trials(100).stopAfterIdenticalFailures(20)));
    assertThat(study.trialCount()).isEqualTo(20);
  }

  @Test
  void twentyIdenticalFailuresEndARunWithoutASuccess() {
    assertThatExceptionOfType(RepeatedFailureException.class)
        .isThrownBy(() -> study.optimize(trial -> Double.NaN, RunOptions.trials(100)));
    assertThat(study.trialCount()).isEqualTo(20);
  }

  @Test
  void afterASuccessOnlyANumberThatWasGivenEndsARun() {
    study.optimize(trial -> trial.number() == 0 ? 1 : Double.NaN, RunOptions.trials(50));
    assertThat(study.trialCount()).isEqualTo(50);
  }

  @Test
  void aTrialThatEndsOtherwiseBeginsANewRow() {
    study.optimize(
        trial -> trial.number() % 3 == 2 ? 1 : Double.NaN,
        RunOptions.trials(10).stopAfterIdenticalFailures(3));
    assertThat(study.trialCount()).isEqualTo(10);
  }

  @Test
  void failuresForDifferentReasonsAreNotIdentical() {
    study.optimize(
        trial -> {
          FailureReason reason =
              trial.number() % 2 == 0 ? FailureReason.TIMEOUT : FailureReason.OUT_OF_MEMORY;
          throw new TrialFailedException(reason, "the same");
        },
        RunOptions.trials(10).stopAfterIdenticalFailures(2));
    assertThat(study.trialCount()).isEqualTo(10);
  }

  @Test
  void toleratedExceptionsDoNotCountByDefault() {
    study.optimize(
        RepeatedFailureTest::illegal,
        RunOptions.trials(50).tolerating(IllegalArgumentException.class));
    assertThat(study.trialCount()).isEqualTo(50);
  }

  @Test
  void toleratedExceptionsCountTowardsANumberThatWasGiven() {
    RunOptions options =
        RunOptions.trials(50)
            .tolerating(IllegalArgumentException.class)
            .stopAfterIdenticalFailures(5);
    assertThatExceptionOfType(RepeatedFailureException.class)
        .isThrownBy(() -> study.optimize(RepeatedFailureTest::illegal, options))
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(study.trialCount()).isEqualTo(5);
  }

  @Test
  void oneFailureIsNoRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunOptions.trials(1).stopAfterIdenticalFailures(1))
        .withMessageContaining("1");
  }
}
