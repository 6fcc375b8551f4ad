package org.hpo4j.study;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * How a run asks for its next trial.
 *
 * @param lag the lag of an ordered run, or 0 for asap
 * @param trialTimeLimit how long the trial may take
 * @param budget how many trials the run aims at in all; empty if that is open
 * @param left how long the run may still start trials; empty if that is open
 * @param synced whether the thread waits for {@link TrialLifecycle#sync} before the trial runs
 */
record StartRequest(
    int lag,
    Optional<Duration> trialTimeLimit,
    OptionalInt budget,
    Supplier<Optional<Duration>> left,
    boolean synced) {

  /** Longer than any wait for other processes. */
  private static final Duration OPEN = Duration.ofDays(1);

  /** As soon as possible, without limits. */
  static final StartRequest ASAP =
      new StartRequest(0, Optional.empty(), OptionalInt.empty(), Optional::empty, false);

  /** How long a trial may still be started, at most a day. */
  Duration timeLeft() {
    return left.get().filter(span -> span.compareTo(OPEN) < 0).orElse(OPEN);
  }
}
