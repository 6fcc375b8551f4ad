package org.hpo4j.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;
import org.hpo4j.trial.TrialTable;
import org.jspecify.annotations.Nullable;

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

  /**
   * Failures of one kind: one whose message is kept, or several that are only counted.
   *
   * @param reason the name of a {@link FailureReason}, or what another version wrote there
   * @param message null where they are only counted
   * @param times how many they are
   */
  private record Failures(String reason, @Nullable String message, long times) {

    static Failures of(Outcome.Failed failure) {
      return new Failures(
          failure.reason().name(), TrialEnds.beginning(failure.message(), LONGEST_MESSAGE), 1);
    }

    static Failures read(Object attribute) {
      Map<?, ?> fields = attribute instanceof Map<?, ?> map ? map : Map.of();
      String reason = String.valueOf(fields.get(REASON));
      return fields.get(TIMES) instanceof Number times
          ? new Failures(reason, null, times.longValue())
          : new Failures(reason, String.valueOf(fields.get(MESSAGE)), 1);
    }

    boolean isTold() {
      return message != null;
    }

    Map<String, Object> attribute() {
      return message != null
          ? Map.of(REASON, reason, MESSAGE, message)
          : Map.of(REASON, reason, TIMES, times);
    }
  }

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
    List<Failures> all = new ArrayList<>(recorded(number));
    all.add(Failures.of(failure));
    int told = (int) all.stream().filter(Failures::isTold).count();
    int end = told > MOST_MESSAGES ? all.size() - MOST_MESSAGES : 0;
    List<Map<String, Object>> kept = new ArrayList<>();
    for (FailureReason reason : FailureReason.values()) {
      long times = count(all.subList(0, end), reason);
      if (times > 0) {
        kept.add(Map.of(REASON, reason.name(), TIMES, times));
      }
    }
    all.subList(end, all.size()).forEach(one -> kept.add(one.attribute()));
    Map<String, Object> attributes = new LinkedHashMap<>();
    // First: should a crash keep one of them only, no attempt must count that has no record.
    attributes.put(RETRIES, kept);
    attributes.put(ATTEMPTS, attempts(number) + 1);
    return attributes;
  }

  /** How often the trial was started so far. */
  long attempts(int number) {
    return table.systemAttribute(number, ATTEMPTS).map(a -> ((Number) a).longValue()).orElse(1L);
  }

  long failuresBefore(int number, FailureReason reason) {
    List<Failures> failures = recorded(number);
    long same = count(failures, reason);
    if (reason != FailureReason.LOST) {
      return same;
    }
    // Early versions counted lost attempts and recorded nothing else of them.
    long all = failures.stream().mapToLong(Failures::times).sum();
    return same + Math.max(0, attempts(number) - 1 - all);
  }

  private static long count(List<Failures> failures, FailureReason reason) {
    return failures.stream()
        .filter(one -> one.reason().equals(reason.name()))
        .mapToLong(Failures::times)
        .sum();
  }

  private List<Failures> recorded(int number) {
    return table.systemAttribute(number, RETRIES).orElse(List.of()) instanceof List<?> list
        ? list.stream().map(Failures::read).toList()
        : List.of();
  }
}
