package org.hpo4j.storage.optuna;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;

/** A trial as a storage of Optuna's kind tells of it, when it is read for the first time. */
public interface TrialRecord {

  /** What the trial is doing, or what became of it. */
  TrialState trialState();

  /** Who created it; the runner of a running trial. */
  String owner();

  /** When it began to run. */
  Optional<Instant> started();

  /** When it ended. */
  Optional<Instant> completed();

  /** One value an objective; empty if there is none. */
  List<Double> values();

  /** How many parameters it has. */
  int parameterCount();

  /** The name of a parameter. */
  String parameterName(int index);

  /** Optuna's internal value of a parameter: the number itself, or the position of an option. */
  double parameterValue(int index);

  /** The text of a parameter's distribution; faster if equal texts are the same string. */
  String distribution(int index);

  /** Reports of the objective by step. */
  Map<Integer, Double> intermediateValues();

  /** The user's attributes. */
  Map<String, @Nullable Object> userAttributes();

  /** The attributes of libraries. */
  Map<String, @Nullable Object> systemAttributes();
}
