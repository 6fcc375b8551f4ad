package org.hpo4j.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialRunTest {

  private final TrialRun run = TrialRun.begun(4, 1_000, Map.of());

  private static Point loss(int step, double value) {
    return new Point("loss", step, value, 2_000);
  }

  @Test
  void whatIsNotSentStays() {
    run.report(loss(0, 1));
    run.report(loss(1, 2));

    run.sent(List.of(loss(0, 1)));

    assertThat(run.waiting()).containsExactly(loss(1, 2));
  }

  @Test
  void aValueThatWasReplacedWhileItWasSentStays() {
    run.report(loss(0, 1));
    List<Point> sending = run.waiting();
    run.report(loss(0, 3));

    run.sent(sending);

    assertThat(run.waiting()).containsExactly(loss(0, 3));
  }

  @Test
  void reportsThatFindNoRoomAreLeftToTheStudy() {
    for (int step = 0; step <= TrialRun.MOST_REPORTS; step++) {
      run.report(loss(step, step));
    }

    assertThat(run.waiting()).hasSize(TrialRun.MOST_REPORTS);
    assertThat(run.isBehind()).isTrue();
    assertThat(run.catchUp()).isEqualTo(Map.of("loss", TrialRun.MOST_REPORTS - 1));
    assertThat(run.isBehind()).isFalse();
  }

  @Test
  void ofManyMeasurementsTheOldestGo() {
    for (int i = 0; i <= TrialRun.MOST_SYSTEM_VALUES; i++) {
      run.measured(Map.of("system/x", (double) i), i);
    }

    assertThat(run.waiting())
        .hasSize(TrialRun.MOST_SYSTEM_VALUES)
        .first()
        .isEqualTo(new Point("system/x", 1, 1, 1));
  }
}
