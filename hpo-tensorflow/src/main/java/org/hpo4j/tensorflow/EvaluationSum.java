package org.hpo4j.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hpo4j.tensorflow.loss.Metric;

/** Adds up what batches add to the loss, weighted by their examples, and to the metrics' sums. */
final class EvaluationSum {
  private final Map<String, ? extends Metric<?>> metrics;
  private final Map<String, double[]> sums = new LinkedHashMap<>();
  private double loss;
  private long examples;

  EvaluationSum(Map<String, ? extends Metric<?>> metrics) {
    this.metrics = metrics;
  }

  void addLoss(double mean, int batchExamples) {
    loss += mean * batchExamples;
    examples += batchExamples;
  }

  void addMetric(String name, double[] batch) {
    double[] sum = sums.computeIfAbsent(name, key -> new double[batch.length]);
    for (int i = 0; i < batch.length; i++) {
      sum[i] += batch[i];
    }
  }

  Evaluation evaluation() {
    Map<String, Double> values = new LinkedHashMap<>();
    sums.forEach(
        (name, sum) -> {
          Metric<?> metric = metrics.get(name);
          if (metric != null) {
            values.put(name, metric.value(sum));
          }
        });
    return new Evaluation(loss / examples, values);
  }
}
