package org.hpo4j.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;

/**
 * Reports each epoch to the trial, remembers the best one and its weights, and ends a training that
 * gets no better.
 */
final class BestEpoch implements Training.Listener {
  private static final String WEIGHTS = "weights.safetensors";

  private final Trial trial;
  private final DjlModel model;
  private final DjlObjective.Monitor monitor;
  private final int patience;
  private final boolean keepWeights;
  private final List<EpochListener> listeners;
  private Map<String, ArrayData> bestWeights = Map.of();
  private double bestValue = Double.NaN;
  private int bestEpoch;

  BestEpoch(
      Trial trial,
      DjlModel model,
      DjlObjective.Monitor monitor,
      int patience,
      boolean keepWeights,
      List<EpochListener> listeners) {
    this.trial = trial;
    this.model = model;
    this.monitor = monitor;
    this.patience = patience;
    this.keepWeights = keepWeights;
    this.listeners = listeners;
  }

  @Override
  public boolean goOnAfter(Epoch epoch) throws IOException {
    for (EpochListener listener : listeners) {
      listener.epochEnded(trial, epoch, model);
    }
    report(epoch);
    double value = value(epoch);
    if (bestEpoch == 0 || monitor.direction().isBetter(value, bestValue)) {
      bestValue = value;
      bestEpoch = epoch.number();
      if (keepWeights) {
        bestWeights = model.weights();
      }
    }
    trial.reportOrPrune(epoch.number(), value);
    return epoch.number() - bestEpoch < patience;
  }

  private void report(Epoch epoch) {
    trial.report(DjlObjective.TRAINING_LOSS, epoch.number(), epoch.trainingLoss());
    if (monitor.metric().isPresent()) {
      trial.report(DjlObjective.VALIDATION_LOSS, epoch.number(), epoch.validation().loss());
    }
    epoch.validation().metrics().entrySet().stream()
        .filter(metric -> !monitor.metric().equals(Optional.of(metric.getKey())))
        .sorted(Map.Entry.comparingByKey())
        .forEach(metric -> trial.report(metric.getKey(), epoch.number(), metric.getValue()));
    epoch.trainingMetrics().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            metric ->
                trial.report(
                    DjlObjective.TRAINING_PREFIX + metric.getKey(),
                    epoch.number(),
                    metric.getValue()));
  }

  private double value(Epoch epoch) {
    double value = monitor.value(epoch.validation());
    if (Double.isNaN(value)) {
      throw new TrialFailedException(
          FailureReason.NOT_A_NUMBER,
          "%s is NaN after epoch %d"
              .formatted(monitor.metric().orElse(DjlObjective.VALIDATION_LOSS), epoch.number()));
    }
    return value;
  }

  /** Keeps what is kept of a training that went to its end, and returns the best epoch's value. */
  double finish() throws IOException {
    trial.setAttribute("best_epoch", bestEpoch);
    if (keepWeights) {
      bestWeights.forEach(model::setWeights);
      Path folder = Files.createTempDirectory("hpo4j-weights");
      Path file = folder.resolve(WEIGHTS);
      try {
        ArrayFile.write(file, bestWeights);
        trial.attach(WEIGHTS, file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    }
    for (EpochListener listener : listeners) {
      listener.trainingEnded(trial, model);
    }
    return bestValue;
  }
}
