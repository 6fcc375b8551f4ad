package org.hpo4j.storage.optuna;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.trial.TrialState;

/**
 * The part of a trial's creation that goes beyond its being created.
 *
 * @param state what it is from the start
 * @param values one value an objective, of a trial that has ended with some
 * @param parameters Optuna's internal values by name
 * @param distributions the texts of their distributions by name
 * @param userAttributes the user's attributes
 * @param systemAttributes the attributes of libraries
 * @param intermediateValues reports of the objective by step
 * @param completed when it ended
 */
public record TrialTemplate(
    TrialState state,
    Optional<List<Double>> values,
    Map<String, Number> parameters,
    Map<String, String> distributions,
    Map<String, Object> userAttributes,
    Map<String, Object> systemAttributes,
    Map<String, Double> intermediateValues,
    Optional<Instant> completed) {

  /** What a reader of the trial's creation would see. */
  public TrialRecord asRecord(String owner, Optional<Instant> started) {
    return new TemplateRecord(this, owner, started);
  }

  /** Whether there is nothing but a trial that runs. */
  public boolean isPlain() {
    return state == TrialState.RUNNING && parameters.isEmpty() && systemAttributes.isEmpty();
  }
}
