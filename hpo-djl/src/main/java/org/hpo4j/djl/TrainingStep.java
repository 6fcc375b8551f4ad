package org.hpo4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;

/** Steps of a training, and what an epoch of them comes to. All that a step makes is gone after. */
final class TrainingStep {
  private final DjlModel model;
  private final Loss loss;
  private final Optimizer optimizer;
  private final Map<String, Evaluator> evaluators;
  private final Map<String, Parameter> trainable;
  private EvaluationSum metrics;
  private int epoch;
  private double lossSum;
  private int steps;

  TrainingStep(DjlModel model, Loss loss, Optimizer optimizer, Map<String, Evaluator> evaluators) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.evaluators = evaluators;
    this.trainable = model.trainable();
    this.metrics = new EvaluationSum("training", loss, evaluators);
  }

  void beginEpoch(int number) {
    epoch = number;
    lossSum = 0;
    steps = 0;
    metrics = new EvaluationSum("training", loss, evaluators);
  }

  void train(Batch batch, int step, boolean keepGradients) {
    try (NDManager manager = model.manager().newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList inputs = model.staging().stage(manager, batch.features(), 0);
      NDList labels = model.staging().stage(manager, batch.labels(), batch.features().size());
      NDList outputs;
      try (GradientCollector collector = EngineLibrary.engine().newGradientCollector()) {
        outputs = model.block().forward(model.store(), inputs, true);
        NDArray value = loss.evaluate(labels, outputs);
        collector.backward(value);
        double number = value.getFloat();
        requireFinite("training loss", number, step);
        lossSum += number;
        steps++;
      }
      metrics.addMetrics(labels, outputs);
    }
    // Out of the scope: an optimizer of DJL's own makes arrays that it keeps.
    update(keepGradients);
  }

  private void update(boolean keepGradients) {
    Map<String, ArrayData> kept = new LinkedHashMap<>();
    for (Map.Entry<String, Parameter> entry : trainable.entrySet()) {
      NDArray weight = entry.getValue().getArray();
      try (NDArray gradient = weight.getGradient()) {
        if (keepGradients) {
          kept.put(entry.getKey(), ArrayData.of(gradient));
        }
        optimizer.update(entry.getKey(), weight, gradient);
      }
    }
    if (keepGradients) {
      model.keepGradients(kept);
    }
  }

  double meanLoss() {
    return lossSum / steps;
  }

  Map<String, Double> metrics() {
    return metrics.metrics();
  }

  void requireFinite(String what, double value, int step) {
    if (!Double.isFinite(value)) {
      throw new TrialFailedException(
          FailureReason.NOT_A_NUMBER,
          "%s is %s in epoch %d, step %d".formatted(what, value, epoch + 1, step + 1));
    }
  }
}
