package org.hpo4j.djl;

import ai.djl.Device;
import ai.djl.nn.Block;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hpo4j.djl.optimizer.Adam;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;

/** What a {@link DjlObjective.Builder} has been told. */
final class ObjectiveOptions {
  final Function<HyperParameters, Block> model;
  final Map<String, Function<HyperParameters, Evaluator>> metrics = new LinkedHashMap<>();
  final List<EpochListener> listeners = new ArrayList<>();
  Optional<Function<Trial, BatchSource>> training = Optional.empty();
  Optional<Function<Trial, BatchSource>> validation = Optional.empty();
  Optional<Function<HyperParameters, Loss>> loss = Optional.empty();
  Function<HyperParameters, Optimizer> optimizer = hp -> Adam.ofDefaults();
  Optional<Function<HyperParameters, LearningRate>> rate = Optional.empty();
  Function<Trial, Device> device = Devices::ofSlot;
  Optional<Device> fixedDevice = Optional.empty();
  Optional<Path> initialWeights = Optional.empty();
  DjlObjective.Monitor monitor = new DjlObjective.Monitor(Optional.empty(), Direction.MINIMIZE);
  int epochs = 10;
  int patience = Integer.MAX_VALUE;
  int loaders = 1;
  boolean trainingMetrics;
  boolean keepGradients;
  boolean keepWeights;

  ObjectiveOptions(Function<HyperParameters, Block> model) {
    this.model = model;
  }

  /** A copy, which what the user does to the original later doesn't change. */
  ObjectiveOptions(ObjectiveOptions other) {
    model = other.model;
    metrics.putAll(other.metrics);
    listeners.addAll(other.listeners);
    training = other.training;
    validation = other.validation;
    loss = other.loss;
    optimizer = other.optimizer;
    rate = other.rate;
    device = other.device;
    fixedDevice = other.fixedDevice;
    initialWeights = other.initialWeights;
    monitor = other.monitor;
    epochs = other.epochs;
    patience = other.patience;
    loaders = other.loaders;
    trainingMetrics = other.trainingMetrics;
    keepGradients = other.keepGradients;
    keepWeights = other.keepWeights;
  }
}
