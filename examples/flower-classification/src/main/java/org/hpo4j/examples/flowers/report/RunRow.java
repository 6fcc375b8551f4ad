package org.hpo4j.examples.flowers.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One epoch of one run.
 *
 * @param run number of the trial
 * @param epoch how many are done with it
 * @param parameters of the run, by name
 * @param metrics of the epoch, by name
 * @param seconds that the epoch took; NaN if not known
 * @param runSeconds from the run's begin to the epoch's end; NaN if not known
 */
public record RunRow(
    int run,
    int epoch,
    Map<String, Object> parameters,
    Map<String, Double> metrics,
    double seconds,
    double runSeconds) {
  /** Names of the metrics that are shown, as the adapters report them. */
  public static final String TRAINING_LOSS = "training_loss";

  /** Over the training batches, with dropout; DJL alone tells it. */
  public static final String TRAINING_ACCURACY = "training_accuracy";

  public static final String VALIDATION_LOSS = "validation_loss";
  public static final String VALIDATION_ACCURACY = "validation_accuracy";

  public RunRow {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    metrics = Map.copyOf(metrics);
  }

  /** Returns a metric, NaN if it was not reported. */
  public double metric(String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  /** Returns all that is known, by column. */
  Map<String, Object> cells() {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("run", run);
    cells.put("epoch", epoch);
    for (String name :
        new String[] {TRAINING_LOSS, TRAINING_ACCURACY, VALIDATION_LOSS, VALIDATION_ACCURACY}) {
      cells.put(name, metric(name));
    }
    cells.put("epoch_seconds", rounded(seconds));
    cells.put("run_seconds", rounded(runSeconds));
    cells.putAll(parameters);
    return cells;
  }

  private static double rounded(double value) {
    return Double.isNaN(value) ? value : Math.round(value * 1000) / 1000.0;
  }
}
