package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Of how many failures the message is kept. */
  static final int MOST_MESSAGES = 5;

  private static final String REASON = "reason";
  private static final String MESSAGE = "message";
  private static final String TIMES = "times";

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

  /**
   * What is kept with a trial that is started again after a failure: the last failures, after how
   * many there were of each kind before them. It must not grow with each attempt: it is written
   * each time, and an attribute has a limit.
   */
  Map<String, Object> attributes(int number, Outcome.Failed failure) {
    List<Object> failures = new ArrayList<>(recorded(number));
    String message = failure.message();
    failures.add(
        Map.of(
            REASON,
            failure.reason().name(),
            MESSAGE,
            message.substring(0, Math.min(LONGEST_MESSAGE, message.length()))));
    long told = failures.stream().filter(f -> field(f, TIMES).isEmpty()).count();
    if (told > MOST_MESSAGES) {
      int end = failures.size() - MOST_MESSAGES;
      List<?> earlier = failures.subList(0, end);
      List<Object> shorter = new ArrayList<>();
      for (FailureReason reason : FailureReason.values()) {
        long times = count(earlier, reason.name());
        if (times > 0) {
          shorter.add(Map.of(REASON, reason.name(), TIMES, times));
        }
      }
      shorter.addAll(failures.subList(end, failures.size()));
      failures = shorter;
    }
    return Map.of(ATTEMPTS, attempts(number) + 1, RETRIES, failures);
  }

  /** How often the trial was started so far. */
  long attempts(int number) {
    return table.systemAttribute(number, ATTEMPTS).map(a -> ((Number) a).longValue()).orElse(1L);
  }

  long failuresBefore(int number, FailureReason reason) {
    List<?> failures = recorded(number);
    long same = count(failures, reason.name());
    if (reason != FailureReason.LOST) {
      return same;
    }
    // Early versions counted lost attempts and recorded nothing else of them.
    long all = failures.stream().mapToLong(Retries::times).sum();
    return same + Math.max(0, attempts(number) - 1 - all);
  }

  private static long count(List<?> failures, String reason) {
    return failures.stream()
        .filter(failure -> reason.equals(field(failure, REASON).orElse(null)))
        .mapToLong(Retries::times)
        .sum();
  }

  /** For how many failures an element stands. */
  private static long times(Object failure) {
    return field(failure, TIMES).map(times -> ((Number) times).longValue()).orElse(1L);
  }

  private static Optional<Object> field(Object failure, String name) {
    return failure instanceof Map<?, ?> map ? Optional.ofNullable(map.get(name)) : Optional.empty();
  }

  private List<?> recorded(int number) {
    return table.systemAttribute(number, RETRIES).orElse(List.of()) instanceof List<?> list
        ? list
        : List.of();
  }
}
