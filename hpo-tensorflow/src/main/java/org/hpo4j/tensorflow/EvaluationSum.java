package org.hpo4j.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hpo4j.tensorflow.loss.Metric;
import org.tensorflow.types.TFloat32;

/** Adds up what batches add to the loss, weighted by their examples, and to the metrics' sums. */
final class EvaluationSum {
  private final Map<String, Total> totals = new LinkedHashMap<>();
  private double loss;
  private long examples;

  private static final class Total {
    private final Metric<?> metric;
    private final double[] sums;

    Total(Metric<?> metric, int size) {
      this.metric = metric;
      sums = new double[size];
    }
  }

  void addLoss(double mean, int batchExamples) {
    loss += mean * batchExamples;
    examples += batchExamples;
  }

  /** Adds the vector that a metric has of one batch. */
  void addMetric(String name, Metric<?> metric, TFloat32 batch) {
    int size = Math.toIntExact(batch.size());
    double[] sums = totals.computeIfAbsent(name, key -> new Total(metric, size)).sums;
    for (int i = 0; i < size; i++) {
      sums[i] += batch.getFloat(i);
    }
  }

  Evaluation evaluation() {
    Map<String, Double> values = new LinkedHashMap<>();
    totals.forEach((name, total) -> values.put(name, total.metric.value(total.sums)));
    return new Evaluation(loss / examples, values);
  }
}
