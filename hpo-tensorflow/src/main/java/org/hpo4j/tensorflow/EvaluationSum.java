package org.hpo4j.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up the evaluations of batches, each weighted by its examples. */
final class EvaluationSum {
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private double loss;
  private long examples;

  void add(Evaluation batch, int batchExamples) {
    loss += batch.loss() * batchExamples;
    batch
        .metrics()
        .forEach((name, value) -> metrics.merge(name, value * batchExamples, Double::sum));
    examples += batchExamples;
  }

  Evaluation mean() {
    Map<String, Double> means = new LinkedHashMap<>();
    metrics.forEach((name, sum) -> means.put(name, sum / examples));
    return new Evaluation(loss / examples, means);
  }
}
