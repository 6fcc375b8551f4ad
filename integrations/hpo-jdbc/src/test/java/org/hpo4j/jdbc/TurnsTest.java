package org.hpo4j.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final long BRIEF = 1_000;
  private static final long LONG = Duration.ofSeconds(1).toNanos();

  private long now;
  private final Turns turns = at("me");

  private Turns at(String worker) {
    return new Turns(worker, () -> now);
  }

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }

  private static void brief(Turns turns) {
    for (int i = 0; i < Turns.STEADY; i++) {
      turns.ended(BRIEF);
    }
  }

  @Test
  void whoeverHasTrialsOfWhichSomeAreLongTakesNoTurnAndWaitsForNone() {
    turns.saw(new Turns.Turn("other", 10_000));
    for (int i = 0; i < 10 * Turns.STEADY; i++) {
      turns.ended(i % 5 == 0 ? LONG : BRIEF);
      assertThat(turns.isToBeTaken()).isFalse();
      assertThat(turns.rest()).isLessThanOrEqualTo(Duration.ZERO);
    }
  }

  @Test
  void whoeverHadNoTurnForMoreThanARoundComesBackFirst() {
    brief(turns);
    pass(4 * Turns.LENGTH_MS);
    for (String other : List.of("a", "b")) {
      turns.saw(new Turns.Turn(other, 10_000));
    }
    assertThat(turns.rest()).isBetween(Duration.ofMillis(9_990), Duration.ofMillis(10_000));
    turns.taken();
    for (String other : List.of("a", "b")) {
      turns.saw(new Turns.Turn(other, 10_000));
    }
    turns.saw(new Turns.Turn("n", 10_000));
    assertThat(turns.rest()).isGreaterThan(Duration.ofSeconds(10));
  }

  @Test
  void whoeverIsAloneTakesNoTurn() {
    brief(turns);
    assertThat(turns.isToBeTaken()).isFalse();
    assertThat(turns.rest()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void whoeverCameTooLateTakesATurnForBriefTrials() {
    turns.cameTooLate(0);
    assertThat(turns.isToBeTaken()).isFalse();
    turns.ended(LONG);
    assertThat(turns.isToBeTaken()).isFalse();
    brief(turns);
    assertThat(turns.isToBeTaken()).isTrue();
    turns.taken();
    assertThat(turns.isToBeTaken()).isFalse();
    assertThat(turns.rest()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void aTurnOfAnotherIsLeftToIt() {
    brief(turns);
    turns.saw(new Turns.Turn("other", 10_000));
    assertThat(turns.rest()).isEqualTo(Duration.ofSeconds(10));
    assertThat(turns.hasCompany()).isTrue();
  }

  @Test
  void onesOwnTurnIsNoReasonToWait() {
    turns.saw(new Turns.Turn("me", 10_000));
    assertThat(turns.rest()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void whoeverHasTheTurnSparesOneLookAStart() {
    turns.cameTooLate(0);
    brief(turns);
    turns.started();
    assertThat(turns.sparesLook()).isFalse();
    turns.taken();
    assertThat(turns.sparesLook()).isFalse();
    turns.looked(0);
    turns.started();
    assertThat(turns.sparesLook()).isTrue();
    assertThat(turns.sparesLook()).isFalse();
  }

  @Test
  void aTurnInWhichATrialIsLongIsOver() {
    turns.cameTooLate(0);
    brief(turns);
    turns.taken();
    turns.looked(0);
    turns.started();
    turns.ended(LONG);
    assertThat(turns.sparesLook()).isFalse();
    brief(turns);
    assertThat(turns.isToBeTaken()).isTrue();
  }

  @Test
  void aBriefTrialThatWaitedForAProcessorIsNoLongOne() {
    turns.cameTooLate(0);
    brief(turns);
    turns.taken();
    turns.looked(0);
    turns.started();
    turns.ended(Duration.ofMillis(10).toNanos());
    assertThat(turns.isBrief()).isTrue();
    assertThat(turns.sparesLook()).isTrue();
    turns.ended(Duration.ofMillis(10).toNanos());
    assertThat(turns.isBrief()).isFalse();
  }

  @Test
  void whoeverComesTooLateInItsTurnLooks() {
    turns.cameTooLate(0);
    brief(turns);
    turns.taken();
    turns.looked(0);
    turns.started();
    turns.cameTooLate(0);
    assertThat(turns.sparesLook()).isFalse();
  }

  @Test
  void afterATurnTheOthersComeFirst() {
    turns.cameTooLate(0);
    brief(turns);
    turns.taken();
    pass(Turns.LENGTH_MS + 10);
    assertThat(turns.rest()).isPositive();
    pass(60);
    assertThat(turns.rest()).isLessThanOrEqualTo(Duration.ZERO);
    assertThat(turns.isToBeTaken()).isTrue();
  }

  @Test
  void theOthersComeBackOneAfterTheOther() {
    Turns b = at("b");
    Turns c = at("c");
    brief(b);
    brief(c);
    for (String other : List.of("a", "b", "c", "d")) {
      b.saw(new Turns.Turn(other, 10_000));
      c.saw(new Turns.Turn(other, 10_000));
    }
    assertThat(b.rest()).as("the second one after d").isGreaterThan(Duration.ofMillis(9_900));
    assertThat(c.rest().minus(b.rest())).isEqualTo(Duration.ofMillis(10));
    b.saw(new Turns.Turn("a", 0));
    c.saw(new Turns.Turn("a", 0));
    assertThat(b.rest()).as("the next one after a").isLessThanOrEqualTo(Duration.ZERO);
    assertThat(c.rest()).isPositive();
  }
}
