package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time limits, by a clock that a test sets. */
class TimeLimitTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** A clock that stands still. */
  private static final class Hands implements StudyClock {
    private Instant instant = NOON;
    private long nanos = -5;

    @Override
    public Instant instant() {
      return instant;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    void pass(Duration span) {
      step(span);
      nanos += span.toNanos();
    }

    /** Somebody, or a time server, sets the time of day. */
    void step(Duration by) {
      instant = instant.plus(by);
    }
  }

  private final Hands clock = new Hands();
  private final Study study = Study.named("limits").minimize("loss").seed(1).clock(clock).create();

  private double second(Trial trial) {
    clock.pass(Duration.ofSeconds(1));
    trial.reportOrPrune(0, 1);
    return trial.number();
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, 0, 3_600})
  void aRunEndsAfterItsTimeHoweverTheClockIsSet(long seconds) {
    study.optimize(
        trial -> {
          if (trial.number() == 3) {
            clock.step(Duration.ofSeconds(seconds));
          }
          return second(trial);
        },
        RunOptions.trials(100).withTimeLimit(Duration.ofSeconds(10)));
    assertThat(study.trials()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_600, 0, 3_600})
  void aTrialHasItsTimeHoweverTheClockIsSet(long seconds) {
    List<Duration> left = new ArrayList<>();
    study.optimize(
        trial -> {
          clock.step(Duration.ofSeconds(seconds));
          second(trial);
          left.add(trial.timeLeft().orElseThrow());
          return trial.number() == 0 ? 0 : second(trial);
        },
        RunOptions.trials(2).withTrialTimeLimit(Duration.ofMillis(1_500)));
    assertThat(left).containsOnly(Duration.ofMillis(500));
    assertThat(study.trials())
        .extracting(FrozenTrial::state)
        .containsExactly(TrialState.COMPLETE, TrialState.FAILED);
    assertThat(study.trial(1).outcome().orElseThrow())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(FailureReason.TIMEOUT));
  }

  /** As for a storage that is away, or a sampler that has much to think about. */
  @Test
  void theTimeOfATrialBeginsWhenTheObjectiveHasIt() {
    Study slow =
        Study.named("slow starts")
            .minimize("loss")
            .clock(clock)
            .sampler(
                new Sampler() {
                  @Override
                  public Suggestion suggest(TrialHistory history, SamplerContext context) {
                    clock.pass(Duration.ofMinutes(1));
                    return Suggestion.of(
                        Configuration.empty(), Explanation.of("slow", "after a minute"));
                  }

                  @Override
                  public String describe() {
                    return "slow";
                  }
                })
            .create();
    slow.optimize(this::second, RunOptions.trials(2).withTrialTimeLimit(Duration.ofSeconds(2)));
    assertThat(slow.trials()).extracting(FrozenTrial::state).containsOnly(TrialState.COMPLETE);
  }

  @Test
  void aTimeOfDayGoesByTheTimeOfDayAndByWhatTrialsTook() {
    study.optimize(
        trial -> {
          if (trial.number() == 2) {
            // No trial takes a minute, whatever the clock says.
            clock.step(Duration.ofMinutes(1));
          }
          return second(trial);
        },
        RunOptions.trials(100).finishBy(NOON.plusSeconds(70)));
    assertThat(study.trials()).hasSize(10);
  }

  @Test
  void aLimitMayBeLongerThanAnyTime() {
    study.optimize(
        this::second, RunOptions.trials(2).withTimeLimit(Duration.ofSeconds(Long.MAX_VALUE)));
    assertThat(study.trials()).hasSize(2);
  }
}
