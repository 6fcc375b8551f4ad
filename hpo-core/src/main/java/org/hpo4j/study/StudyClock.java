package org.hpo4j.study;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of day, for what is recorded and for a time at which a run ends; and a time that only
 * passes, for how long something takes: the time of day is set now and then.
 */
interface StudyClock extends InstantSource {

  /** The clocks of this machine. */
  StudyClock SYSTEM =
      new StudyClock() {
        @Override
        public Instant instant() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  /** As {@link System#nanoTime}: only differences mean anything. */
  long nanos();

  /** A time limit that begins now. */
  default Limit limit(Duration length) {
    return new Limit(this, nanos(), length);
  }

  /**
   * A span of time.
   *
   * @param clock by which it passes
   * @param begun when it began, in the clock's nanoseconds
   * @param length how long it is
   */
  record Limit(StudyClock clock, long begun, Duration length) {

    /** What is left of it; negative once it has passed. */
    Duration left() {
      return length.minusNanos(clock.nanos() - begun);
    }
  }
}
