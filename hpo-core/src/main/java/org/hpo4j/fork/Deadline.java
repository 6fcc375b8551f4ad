package org.hpo4j.fork;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** When the wall time of a process is over, by a clock that is never set back. */
final class Deadline {

  private final long start = System.nanoTime();
  private final Optional<Duration> limit;

  Deadline(Optional<Duration> limit) {
    this.limit = limit;
  }

  /** What is left; negative if it is over, empty without a limit. */
  Optional<Duration> timeLeft() {
    return limit.map(duration -> duration.minusNanos(System.nanoTime() - start));
  }

  /** What is left, but not more than this; not negative. */
  Duration timeLeft(Duration most) {
    Duration left = timeLeft().orElse(most);
    return left.isNegative() ? Duration.ZERO : left.compareTo(most) < 0 ? left : most;
  }

  /**
   * What is left as a socket takes it: at least 1 ms, and 0 for no limit.
   *
   * @throws SocketTimeoutException if it is over
   */
  int socketTimeout() throws SocketTimeoutException {
    Optional<Duration> left = timeLeft();
    if (left.isEmpty() || left.get().toDays() > 20) {
      // Beyond the range of an int of milliseconds the limit is checked again at the next message.
      return left.isEmpty() ? 0 : Integer.MAX_VALUE;
    }
    if (left.get().isNegative()) {
      throw new SocketTimeoutException("the wall time is over");
    }
    return (int) Math.max(1, left.get().toMillis());
  }
}
