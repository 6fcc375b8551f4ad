package org.hpo4j.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;

/**
 * An immutable copy of a trial as it stood when it was made.
 *
 * @param number the number in the study, counted from 0
 * @param state the state
 * @param configuration the values chosen so far
 * @param outcome how it ended; empty before that
 * @param reports intermediate values by metric, ascending in the step; the objective's under ""
 * @param attributes what the user kept with the trial
 * @param started when it began to run
 * @param ended when it ended
 * @param fidelity how far it was to train, if a scheduler decided that
 * @param constraints the measured outcome constraints, in the order of the study's; at most 0 is
 *     feasible, infinity stands for unknown; empty if none was measured
 */
public record FrozenTrial(
    int number,
    TrialState state,
    Configuration configuration,
    Optional<Outcome> outcome,
    Map<String, List<Report>> reports,
    Map<String, Object> attributes,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<Fidelity> fidelity,
    List<Double> constraints) {

  /** Copies the maps. */
  public FrozenTrial {
    reports = unmodifiable(reports);
    attributes = unmodifiable(attributes);
    constraints = List.copyOf(constraints);
  }

  /** A trial without fidelity and constraints. */
  public FrozenTrial(
      int number,
      TrialState state,
      Configuration configuration,
      Optional<Outcome> outcome,
      Map<String, List<Report>> reports,
      Map<String, Object> attributes,
      Optional<Instant> started,
      Optional<Instant> ended) {
    this(
        number,
        state,
        configuration,
        outcome,
        reports,
        attributes,
        started,
        ended,
        Optional.empty(),
        List.of());
  }

  /** The same trial as one that no scheduler has assigned a resource to. */
  public FrozenTrial withoutFidelity() {
    return new FrozenTrial(
        number,
        state,
        configuration,
        outcome,
        reports,
        attributes,
        started,
        ended,
        Optional.empty(),
        constraints);
  }

  /** Whether no measured constraint is above 0. */
  public boolean isFeasible() {
    return constraints.stream().allMatch(c -> c <= 0);
  }

  private static <V> Map<String, V> unmodifiable(Map<String, V> map) {
    return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * The values of a completed trial, one an objective.
   *
   * @throws NoSuchElementException if the trial is not complete
   */
  public List<Double> values() {
    if (outcome.isPresent() && outcome.get() instanceof Outcome.Completed completed) {
      return completed.values();
    }
    throw new NoSuchElementException("trial " + number + " is " + state + " and has no value");
  }

  /**
   * The value of a completed trial of a study with one objective.
   *
   * @throws NoSuchElementException if the trial is not complete
   */
  public double value() {
    return values().get(0);
  }

  /** The value of a parameter. */
  public <T> T get(Parameter<T> parameter) {
    return configuration.get(parameter);
  }

  /** The values in the form that a model builder takes. */
  public HyperParameters hyperParameters() {
    return HyperParameters.of(configuration);
  }

  /** From start to end; empty unless the trial both started and ended. */
  public Optional<Duration> duration() {
    return started.isPresent() && ended.isPresent()
        ? Optional.of(Duration.between(started.get(), ended.get()))
        : Optional.empty();
  }

  /** The reports of a metric, ascending in the step; those of the objective for "". */
  public List<Report> reports(String metric) {
    return reports.getOrDefault(metric, List.of());
  }
}
