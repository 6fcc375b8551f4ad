package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskedStartsTest {

  private long now;
  private final AskedStarts asked = new AskedStarts(() -> now);

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }

  /** Looks twice, and sees a trial that began and ended in between. */
  private void seeABriefTrial() {
    asked.looked(0);
    pass(1);
    asked.looked(1);
  }

  @Test
  void whoeverCameTooLateTwiceBesideBriefTrialsAsks() {
    seeABriefTrial();
    asked.cameTooLate();
    assertThat(asked.isDue(false)).isFalse();
    asked.cameTooLate();
    assertThat(asked.isDue(false)).isTrue();
    assertThat(asked.isAsked()).isFalse();
    asked.asked();
    assertThat(asked.isAsked()).isTrue();
    pass(AskedStarts.SHORTEST_MS);
    assertThat(asked.isAsked()).isFalse();
  }

  @Test
  void whatDoesNotHelpIsAskedSeldomer() {
    seeABriefTrial();
    int times = 0;
    for (int i = 0; i < 64; i++) {
      asked.cameTooLate();
      times += asked.isDue(false) ? 1 : 0;
    }
    assertThat(times).as("2, 4, and each 8").isEqualTo(10);
  }

  @Test
  void aStartInTimeBeginsTheCountAnew() {
    seeABriefTrial();
    asked.cameTooLate();
    asked.started();
    asked.cameTooLate();
    assertThat(asked.isDue(false)).isFalse();
  }

  @Test
  void nothingIsAskedWhereTrialsOfOthersAreLong() {
    asked.looked(0);
    pass(60);
    asked.looked(6);
    asked.cameTooLate();
    asked.cameTooLate();
    assertThat(asked.isDue(false)).isFalse();
  }

  @Test
  void nothingIsAskedLongAfterBriefTrials() {
    seeABriefTrial();
    pass(2_000);
    asked.cameTooLate();
    asked.cameTooLate();
    assertThat(asked.isDue(false)).isFalse();
  }

  @Test
  void whoeverLooksSeldomSeesBriefTrialsByTheirNumber() {
    asked.looked(0);
    pass(60);
    asked.looked(7);
    asked.cameTooLate();
    asked.cameTooLate();
    assertThat(asked.isDue(false)).isTrue();
  }

  @Test
  void whoeverStarvesAsksWhateverIsKnownOfTheOthers() {
    for (int i = 0; i < 7; i++) {
      asked.cameTooLate();
      assertThat(asked.isDue(false)).isFalse();
    }
    asked.cameTooLate();
    assertThat(asked.isDue(false)).isTrue();
  }

  @Test
  void whoeverHasBriefTrialsTooIsLaterWithIt() {
    seeABriefTrial();
    asked.cameTooLate();
    asked.cameTooLate();
    assertThat(asked.isDue(true)).isFalse();
    asked.cameTooLate();
    asked.cameTooLate();
    assertThat(asked.isDue(true)).isTrue();
  }

  @Test
  void theOthersWaitAsLongAsAStartTakes() {
    for (int millis : List.of(1, 40, 4_000)) {
      asked.tries();
      pass(millis);
      asked.cameTooLate();
      assertThat(asked.lengthMs())
          .isEqualTo(
              Math.min(Math.max(2 * millis, AskedStarts.SHORTEST_MS), AskedStarts.LONGEST_MS));
    }
    asked.asked();
    pass(400);
    assertThat(asked.isAsked()).isTrue();
    asked.started();
    assertThat(asked.isAsked()).isFalse();
  }

  @Test
  void aStartThatIsLeftToAnotherIsNotTooLate() {
    seeABriefTrial();
    asked.saw(400);
    asked.cameTooLate();
    asked.cameTooLate();
    assertThat(asked.isDue(false)).isFalse();
    assertThat(asked.othersUntil() - now)
        .as("looks soon whether the other one has started")
        .isEqualTo(Duration.ofMillis(AskedStarts.SHORTEST_MS).toNanos());
  }
}
