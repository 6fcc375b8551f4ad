package org.hpo4j.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a run asks for its next trial.
 *
 * @param lag the lag of an ordered run, or 0 for asap
 * @param trialTimeLimit how long the trial may take
 * @param budget how many trials the run aims at in all; empty if that is open
 * @param lastStart when the run starts no more trials; empty if that is open
 * @param synced whether the thread waits for {@link TrialLifecycle#sync} before the trial runs
 */
record StartRequest(
    int lag,
    Optional<Duration> trialTimeLimit,
    OptionalInt budget,
    Optional<Instant> lastStart,
    boolean synced) {

  /** Longer than any wait for other processes. */
  private static final Duration OPEN = Duration.ofDays(1);

  /** As soon as possible, without limits. */
  static final StartRequest ASAP =
      new StartRequest(0, Optional.empty(), OptionalInt.empty(), Optional.empty(), false);

  /** How long a trial may still be started, at most a day. */
  Duration timeLeft(Instant now) {
    return lastStart
        .filter(last -> last.isBefore(now.plus(OPEN)))
        .map(last -> Duration.between(now, last))
        .orElse(OPEN);
  }
}
