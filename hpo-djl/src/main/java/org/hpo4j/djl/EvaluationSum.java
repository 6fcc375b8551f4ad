package org.hpo4j.djl;

import ai.djl.ndarray.NDList;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up loss and metrics of an epoch's batches; the loss weighted by their examples. */
final class EvaluationSum {
  private final String key;
  private final Loss lossFunction;
  private final Map<String, Evaluator> evaluators;
  private double loss;
  private long examples;

  /**
   * @param key under which the evaluators add up: an evaluator may take part in several sums
   */
  EvaluationSum(String key, Loss lossFunction, Map<String, Evaluator> evaluators) {
    this.key = key;
    this.lossFunction = lossFunction;
    this.evaluators = evaluators;
    evaluators.values().forEach(evaluator -> evaluator.addAccumulator(key));
  }

  void add(NDList labels, NDList outputs, int batchExamples) {
    loss += (double) lossFunction.evaluate(labels, outputs).getFloat() * batchExamples;
    examples += batchExamples;
    addMetrics(labels, outputs);
  }

  /** Adds to the metrics alone. */
  void addMetrics(NDList labels, NDList outputs) {
    evaluators.values().forEach(evaluator -> evaluator.updateAccumulator(key, labels, outputs));
  }

  Evaluation mean() {
    return new Evaluation(loss / examples, metrics());
  }

  Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    evaluators.forEach(
        (name, evaluator) -> metrics.put(name, (double) evaluator.getAccumulator(key)));
    return metrics;
  }
}
