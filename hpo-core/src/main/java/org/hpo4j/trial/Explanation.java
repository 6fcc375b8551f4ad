package org.hpo4j.trial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a trial has the values that it has.
 *
 * @param sampler what chose them, such as {@code tpe}
 * @param reason how, in a few words
 * @param scores what the choice was made by, by name, such as {@code "log EI"}
 * @param running the numbers of the trials that were taken as running
 * @param fallback what was done in place of the sampler's full method, and why
 */
public record Explanation(
    String sampler,
    String reason,
    Map<String, Double> scores,
    List<Integer> running,
    Optional<String> fallback) {

  /** Copies the scores. */
  public Explanation {
    running = List.copyOf(running);
    scores = scores.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /** An explanation without scores, running trials or fall-back. */
  public static Explanation of(String sampler, String reason) {
    return new Explanation(sampler, reason, Map.of(), List.of(), Optional.empty());
  }

  /** The same with one score more. */
  public Explanation withScore(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(scores);
    more.put(name, value);
    return new Explanation(sampler, reason, more, running, fallback);
  }

  /** The same with trials, by number, that were taken as running. */
  public Explanation withRunning(List<Integer> trials) {
    return new Explanation(sampler, reason, scores, trials, fallback);
  }

  /** The same with a fall-back. */
  public Explanation withFallback(String what) {
    return new Explanation(sampler, reason, scores, running, Optional.of(what));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(sampler).append(": ").append(reason);
    scores.forEach((name, value) -> text.append(", ").append(name).append(' ').append(value));
    if (!running.isEmpty()) {
      text.append(", taken as running: ").append(running);
    }
    fallback.ifPresent(what -> text.append("; fall-back: ").append(what));
    return text.toString();
  }
}
