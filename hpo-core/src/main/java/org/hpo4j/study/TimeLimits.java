package org.hpo4j.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Until when a run starts trials. Guarded by the study's lock. */
final class TimeLimits {

  private final StudyClock clock;
  private final Optional<StudyClock.Limit> limit;
  private final Optional<Instant> deadline;

  /** The longest trial so far; only known where there is a deadline. */
  private Duration longest = Duration.ZERO;

  /** The limits of a run that begins now. */
  TimeLimits(RunOptions options, TrialLifecycle lifecycle) {
    this.clock = lifecycle.clock();
    this.limit = options.timeLimit().map(clock::limit);
    this.deadline = options.deadline();
    if (deadline.isPresent()) {
      longest = lifecycle.counts().longest();
    }
  }

  /** How long trials may still be started, whatever they would take; empty if that is open. */
  Optional<Duration> left() {
    return Stream.of(limit.map(StudyClock.Limit::left), deadline.map(this::until))
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  private Duration until(Instant end) {
    return Duration.between(clock.instant(), end);
  }

  /** Whether a trial may start now. */
  boolean allowStart() {
    return limit.map(span -> span.left().compareTo(Duration.ZERO) > 0).orElse(true)
        && deadline.map(end -> until(end).compareTo(longest) >= 0).orElse(true);
  }

  /** A trial has taken so long. */
  void took(Duration duration) {
    if (duration.compareTo(longest) > 0) {
      longest = duration;
    }
  }
}
