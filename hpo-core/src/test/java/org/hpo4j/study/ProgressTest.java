package org.hpo4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.FrozenTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static List<FrozenTrial> trials() {
    return new TrialFixtures()
        .complete(0.24134, Configuration.empty())
        .failed(FailureReason.TIMEOUT, "late", Configuration.empty())
        .pruned(Configuration.empty())
        .trials();
  }

  @Test
  void theLineTellsAll() {
    Progress progress = new Progress(OptionalInt.of(9), START);
    trials().forEach(progress::finished);
    progress.best(Optional.of(trials().get(0)));

    assertThat(progress.line(START.plusSeconds(60)))
        .isEqualTo(
            "3/9 done, best 0.2413 (trial 0), 3.0 trials/min, about 2 min left, 1 failed, 1"
                + " pruned");
  }

  @Test
  void withoutATotalThereIsNoTimeLeft() {
    Progress progress = new Progress(OptionalInt.empty(), START);
    progress.finished(trials().get(0));

    assertThat(progress.line(START.plusSeconds(60))).isEqualTo("1 done, 1.0 trials/min");
  }

  @Test
  void earlierTrialsCountAsDoneButNotForTheRate() {
    Progress progress = new Progress(OptionalInt.of(4), START);
    progress.finishedBefore(trials().get(0));
    progress.finishedBefore(trials().get(1));
    assertThat(progress.line(START)).isEqualTo("2/4 done, 1 failed");

    progress.finished(trials().get(0));
    assertThat(progress.line(START.plusSeconds(30)))
        .isEqualTo("3/4 done, 2.0 trials/min, about 30 s left, 1 failed");
  }

  @Test
  void atTheEndNothingIsLeft() {
    Progress progress = new Progress(OptionalInt.of(1), START);
    assertThat(progress.isComplete()).isFalse();
    progress.finished(trials().get(0));

    assertThat(progress.isComplete()).isTrue();
    assertThat(progress.line(START.plusSeconds(1))).isEqualTo("1/1 done, 1.0 trials/s");
  }

  @ParameterizedTest
  @CsvSource({
    "0.01, 100 trials/s, 1 s", "0.5, 2.0 trials/s, 5 s", "1, 1.0 trials/s, 10 s",
    "6.5, 9.2 trials/min, 1 min", "60, 1.0 trials/min, 10 min", "61, 59 trials/h, 10 min",
    "600, 6.0 trials/h, 2 h", "86400, 0.0 trials/h, 10 d"
  })
  void unitsFitThePace(double secondsATrial, String rate, String left) {
    Progress progress = new Progress(OptionalInt.of(11), START);
    progress.finished(trials().get(0));

    assertThat(progress.line(START.plusNanos((long) (1e9 * secondsATrial))))
        .isEqualTo("1/11 done, " + rate + ", about " + left + " left");
  }
}
