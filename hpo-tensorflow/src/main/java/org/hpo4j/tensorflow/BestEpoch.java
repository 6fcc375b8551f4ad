package org.hpo4j.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hpo4j.trial.Trial;

/**
 * Reports each epoch to the trial, remembers the best one and its weights, and ends a training that
 * gets no better.
 */
final class BestEpoch implements Training.Listener, AutoCloseable {
  private final Trial trial;
  private final NetworkSession<?> session;
  private final TensorFlowObjective.Monitor monitor;
  private final int patience;
  private final Optional<Path> folder;
  private double bestValue = Double.NaN;
  private int bestEpoch;

  BestEpoch(
      Trial trial,
      NetworkSession<?> session,
      TensorFlowObjective.Monitor monitor,
      int patience,
      boolean keepWeights)
      throws IOException {
    this.trial = trial;
    this.session = session;
    this.monitor = monitor;
    this.patience = patience;
    this.folder =
        keepWeights ? Optional.of(Files.createTempDirectory("hpo4j-weights")) : Optional.empty();
  }

  @Override
  public boolean goOnAfter(Epoch epoch) {
    double value = monitor.value(epoch.validation());
    trial.report(TensorFlowObjective.TRAINING_LOSS, epoch.number(), epoch.trainingLoss());
    if (monitor.metric().isPresent()) {
      trial.report(TensorFlowObjective.VALIDATION_LOSS, epoch.number(), epoch.validation().loss());
    }
    epoch.validation().metrics().entrySet().stream()
        .filter(metric -> !monitor.metric().equals(Optional.of(metric.getKey())))
        .sorted(Map.Entry.comparingByKey())
        .forEach(metric -> trial.report(metric.getKey(), epoch.number(), metric.getValue()));
    if (bestEpoch == 0 || monitor.direction().isBetter(value, bestValue)) {
      bestValue = value;
      bestEpoch = epoch.number();
      folder.ifPresent(path -> session.save(path.resolve("weights")));
    }
    trial.reportOrPrune(epoch.number(), value);
    return epoch.number() - bestEpoch < patience;
  }

  /** Gives the session the best epoch's weights, if they are kept. */
  void restore() {
    folder.ifPresent(path -> session.restore(path.resolve("weights")));
  }

  /** Keeps what is kept of a training that went to its end, and returns the best epoch's value. */
  double finish() {
    trial.setAttribute("best_epoch", bestEpoch);
    folder.ifPresent(
        path -> {
          List<Path> files = Checkpoint.files(path.resolve("weights"));
          files.forEach(file -> trial.attach(file.getFileName().toString(), file));
        });
    return bestValue;
  }

  @Override
  public void close() throws IOException {
    if (folder.isPresent()) {
      try (Stream<Path> files = Files.walk(folder.get())) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
