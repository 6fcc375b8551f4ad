package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialTable;

/**
 * Which failed trials are started again, and what is kept of their failures. Called under the
 * study's lock.
 */
final class Retries {

  /** How often a trial was started, from the second time on. */
  static final String ATTEMPTS = "hpo4j:attempts";

  /** The failures after which it was started again. */
  static final String RETRIES = "hpo4j:retries";

  /** How often a trial is started again after the process that ran it died. */
  static final int TIMES_LOST = 2;

  /** Messages may hold all that a process printed; this is to tell what happened. */
  private static final int LONGEST_MESSAGE = 500;

  private final TrialTable table;
  private final Map<FailureReason, Integer> times;

  /**
   * @param times how often a trial is started again after a failure of a kind; kinds that are not
   *     there end it
   */
  Retries(TrialTable table, Map<FailureReason, Integer> times) {
    this.table = table;
    this.times = times;
  }

  /** Whether a trial that has failed now is to be started again. */
  boolean isRetried(int number, FailureReason reason) {
    return failuresBefore(number, reason) < times.getOrDefault(reason, 0);
  }

  /** What is kept with a trial that is started again after a failure. */
  Map<String, Object> attributes(int number, Outcome.Failed failure) {
    List<Object> failures = new ArrayList<>(recorded(number));
    String message = failure.message();
    failures.add(
        Map.of(
            "reason",
            failure.reason().name(),
            "message",
            message.substring(0, Math.min(LONGEST_MESSAGE, message.length()))));
    return Map.of(ATTEMPTS, attempts(number) + 1, RETRIES, failures);
  }

  /** How often the trial was started so far. */
  long attempts(int number) {
    return table.systemAttribute(number, ATTEMPTS).map(a -> ((Number) a).longValue()).orElse(1L);
  }

  long failuresBefore(int number, FailureReason reason) {
    List<?> failures = recorded(number);
    long same =
        failures.stream()
            .filter(f -> f instanceof Map<?, ?> map && reason.name().equals(map.get("reason")))
            .count();
    // Early versions counted lost attempts and recorded nothing else of them.
    long unrecorded = attempts(number) - 1 - failures.size();
    return reason == FailureReason.LOST ? same + Math.max(0, unrecorded) : same;
  }

  private List<?> recorded(int number) {
    return table.systemAttribute(number, RETRIES).orElse(List.of()) instanceof List<?> list
        ? list
        : List.of();
  }
}
