package org.hpo4j.tensorflow;

import java.util.Map;

/**
 * Loss and metrics over all examples of a source.
 *
 * @param loss mean loss of an example
 * @param metrics value of each metric, by name
 */
public record Evaluation(double loss, Map<String, Double> metrics) {

  public Evaluation {
    metrics = Map.copyOf(metrics);
  }

  /**
   * Returns one metric.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public double metric(String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no metric '" + name + "', there are " + metrics.keySet());
    }
    return value;
  }
}
