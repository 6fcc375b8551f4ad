package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AskedStartsTest {

  private long now;
  private final AskedStarts asked = new AskedStarts(() -> now);

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }

  /** Looks twice, and sees a trial that began and ended in between. */
  private void seeABriefTrial() {
    asked.looked(false);
    pass(1);
    asked.looked(true);
  }

  @Test
  void whoeverCameTooLateTwiceBesideBriefTrialsAsks() {
    seeABriefTrial();
    asked.cameTooLate();
    assertThat(asked.isDue()).isFalse();
    asked.cameTooLate();
    assertThat(asked.isDue()).isTrue();
    assertThat(asked.isAsked()).isFalse();
    asked.asked();
    assertThat(asked.isAsked()).isTrue();
    pass(AskedStarts.LENGTH_MS);
    assertThat(asked.isAsked()).isFalse();
  }

  @Test
  void whatDoesNotHelpIsAskedSeldomer() {
    seeABriefTrial();
    int times = 0;
    for (int i = 0; i < 64; i++) {
      asked.cameTooLate();
      times += asked.isDue() ? 1 : 0;
    }
    assertThat(times).isEqualTo(6);
  }

  @Test
  void aStartInTimeBeginsTheCountAnew() {
    seeABriefTrial();
    asked.cameTooLate();
    asked.started();
    asked.cameTooLate();
    assertThat(asked.isDue()).isFalse();
  }

  @Test
  void nothingIsAskedWhereTrialsOfOthersAreLong() {
    asked.looked(false);
    pass(60);
    asked.looked(true);
    asked.cameTooLate();
    asked.cameTooLate();
    assertThat(asked.isDue()).isFalse();
  }

  @Test
  void nothingIsAskedLongAfterBriefTrials() {
    seeABriefTrial();
    pass(2_000);
    asked.cameTooLate();
    asked.cameTooLate();
    assertThat(asked.isDue()).isFalse();
  }
}
