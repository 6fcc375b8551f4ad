package org.hpo4j.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Until when a run starts trials. Guarded by the study's lock. */
final class TimeLimits {

  private final Optional<Instant> lastStart;
  private final Optional<Instant> deadline;

  /** The longest trial so far; only known where there is a deadline. */
  private Duration longest = Duration.ZERO;

  /** The limits of a run that begins now. */
  TimeLimits(RunOptions options, TrialLifecycle lifecycle) {
    this.lastStart = options.timeLimit().map(limit -> TrialStarter.after(lifecycle.now(), limit));
    this.deadline = options.deadline();
    if (deadline.isPresent()) {
      longest = lifecycle.longestTrial();
    }
  }

  /** When no trial is started any more, whatever it would take. */
  Optional<Instant> end() {
    return Stream.of(lastStart, deadline).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /** Whether a trial may start now. */
  boolean allowStart(TrialLifecycle lifecycle) {
    if (lastStart.isEmpty() && deadline.isEmpty()) {
      return true;
    }
    Instant now = lifecycle.now();
    return lastStart.map(now::isBefore).orElse(true)
        && deadline.map(end -> !TrialStarter.after(now, longest).isAfter(end)).orElse(true);
  }

  /** A trial has taken so long. */
  void took(Duration duration) {
    if (duration.compareTo(longest) > 0) {
      longest = duration;
    }
  }
}
