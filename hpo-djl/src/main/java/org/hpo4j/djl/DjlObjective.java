package org.hpo4j.djl;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.nn.Block;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hpo4j.study.Objective;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;

/**
 * An objective that builds a block from a trial's parameters, trains it and returns its best
 * validation loss, or best metric.
 *
 * <pre>{@code
 * var objective = DjlObjective.builder(hp -> blockWith(hp.integer("filters", 8, 64)))
 *     .loss(Loss.softmaxCrossEntropyLoss())
 *     .training(batches)
 *     .validation(otherBatches)
 *     .epochs(10)
 *     .build();
 * study.optimize(objective, RunOptions.trials(60));
 * }</pre>
 *
 * <p>First weights come from {@link Trial#random}, one stream for each parameter, and so does the
 * seed of the engine's generator, from which dropout draws. After each epoch the value is reported
 * and the pruner asked; the number of epochs done is the step of the report. Training loss and
 * metrics are reported under their own names, {@code training_loss} and the metric's. The number of
 * trainable parameters and the best epoch are kept as attributes {@code parameter_count} and {@code
 * best_epoch}.
 *
 * <p>DJL trains one network at a time in a JVM: trials that run side by side in this one take
 * turns. {@link org.hpo4j.fork.ForkedObjective} gives each trial a JVM of its own.
 *
 * <p>Where a scheduler such as Hyperband decides how far a trial trains, its resource is the number
 * of epochs: a promoted trial restores its parent's weights and optimizer and goes on with the
 * batches, rates and draws of the next epoch, so that it trains as if it had not stopped. Its value
 * is the best of its own epochs. The study needs an artifact folder.
 *
 * <p>The study's direction must be the value's own: a study that maximizes refuses the loss, one
 * that minimizes a metric whose {@code monitor} says {@code MAXIMIZE}, with an {@link
 * IllegalArgumentException} from the first trial.
 *
 * <p>A loss that is infinite or not a number fails the trial with {@link
 * FailureReason#NOT_A_NUMBER}, exhausted memory with {@link FailureReason#OUT_OF_MEMORY}; the study
 * goes on. An interrupt ends the training with an {@link java.io.InterruptedIOException} and stays
 * set. All native memory and all threads of a trial are released however it ends.
 */
public final class DjlObjective implements Objective<IOException> {
  /** Name under which the epoch's training loss is reported. */
  public static final String TRAINING_LOSS = "training_loss";

  /** Name under which the validation loss is reported where a metric is the objective. */
  public static final String VALIDATION_LOSS = "validation_loss";

  /** What a metric's name begins with where it is of the training batches. */
  public static final String TRAINING_PREFIX = "training_";

  private final ObjectiveOptions options;
  private final Function<Trial, BatchSource> training;
  private final Function<Trial, BatchSource> validation;
  private final Function<HyperParameters, Loss> loss;

  /** What a trial's value is: the validation loss, or a metric. */
  record Monitor(Optional<String> metric, Direction direction) {
    double value(Evaluation evaluation) {
      return metric.map(evaluation::metric).orElse(evaluation.loss());
    }

    /** A search in the wrong direction would end at the worst network, without a sign of it. */
    void requireDirectionOf(Trial trial) {
      Direction got = trial.directions().get(0);
      boolean one = trial.directions().size() == 1; // With several, the first report is refused.
      if (one && got != direction) {
        throw new IllegalArgumentException(
            "the study's direction is %s, but this objective's value is the best epoch's %s, direction %s: create the study with %s(...), or choose another value with monitor(metric, %s)"
                .formatted(
                    got,
                    metric.orElse(VALIDATION_LOSS),
                    direction,
                    direction == Direction.MINIMIZE ? "minimize" : "maximize",
                    got));
      }
    }
  }

  private DjlObjective(ObjectiveOptions options) {
    this.options = options;
    training = required("training batches", "training", options.training);
    validation = required("validation batches", "validation", options.validation);
    loss = required("loss", "loss", options.loss);
  }

  private static <T> T required(String what, String method, Optional<T> value) {
    return value.orElseThrow(
        () -> new IllegalStateException("no " + what + ": call " + method + "(...)"));
  }

  /**
   * Returns a builder.
   *
   * @param model makes a block, not yet initialized, from a trial's parameters
   */
  public static Builder builder(Function<HyperParameters, Block> model) {
    return new Builder(model);
  }

  @Override
  public double evaluate(Trial trial) throws IOException {
    options.monitor.requireDirectionOf(trial);
    try (Turns.Turn turn = Turns.take(trial.timeLeft())) {
      turn.start();
      return train(trial);
    } catch (OutOfMemoryError e) {
      throw OutOfMemory.failure(e);
    } catch (EngineException e) {
      throw OutOfMemory.is(e) ? OutOfMemory.failure(e) : e;
    }
  }

  private double train(Trial trial) throws IOException {
    // Before the user's code, which may make arrays of its own.
    EngineLibrary.engine();
    Block block = options.model.apply(trial);
    TrainingPart part = TrainingPart.of(trial, options.epochs);
    BatchSource batches = training.apply(trial);
    Optimizer optimizer = options.optimizer.apply(trial);
    Training.Builder loop =
        Training.builder(batches, validation.apply(trial), loss.apply(trial))
            .optimizer(optimizer)
            .trainingMetrics(options.trainingMetrics)
            .keepGradients(options.keepGradients)
            .epochs(options.epochs)
            .loaders(options.loaders);
    options.rate.ifPresent(rate -> loop.learningRate(rate.apply(trial)));
    options.metrics.forEach((name, metric) -> loop.metric(name, metric.apply(trial)));
    try (DjlModel model =
        DjlModel.open(
            block,
            name -> trial.random("weights/" + name),
            options.device.apply(trial),
            firstOf(batches).inputShapes())) {
      if (options.initialWeights.isPresent()) {
        model.load(options.initialWeights.get());
      }
      for (EpochListener listener : options.listeners) {
        listener.trainingBegins(trial, model);
      }
      long seed = part.restore(model, optimizer);
      trial.setAttribute("parameter_count", model.parameterCount());
      BestEpoch best =
          new BestEpoch(
              trial,
              model,
              options.monitor,
              options.patience,
              options.keepWeights,
              List.copyOf(options.listeners));
      loop.seed(seed).build().run(model, part.done(), part.until(), best);
      part.keep(model, optimizer, seed);
      return best.finish();
    }
  }

  /** Loads the batch whose shape the block is initialized for. */
  private static Batch firstOf(BatchSource source) throws IOException {
    try {
      return source.load(0, 0);
    } catch (IOException e) {
      throw Interrupts.ofOwnThread(e);
    }
  }

  /** Options of an objective; loss, training and validation batches are required. */
  public static final class Builder {
    private final ObjectiveOptions options;

    private Builder(Function<HyperParameters, Block> model) {
      options = new ObjectiveOptions(model);
    }

    /** Trains every trial on the same batches. */
    public Builder training(BatchSource source) {
      return training(trial -> source);
    }

    /** Trains each trial on batches of its own: their size and order may be parameters. */
    public Builder training(Function<Trial, BatchSource> source) {
      options.training = Optional.of(source);
      return this;
    }

    /** Evaluates every trial on the same batches. */
    public Builder validation(BatchSource source) {
      return validation(trial -> source);
    }

    /** Evaluates each trial on batches of its own. */
    public Builder validation(Function<Trial, BatchSource> source) {
      options.validation = Optional.of(source);
      return this;
    }

    /** Minimizes one loss, which must keep nothing from batch to batch. */
    public Builder loss(Loss function) {
      return loss(hp -> function);
    }

    /** Minimizes a loss made from the trial's parameters. */
    public Builder loss(Function<HyperParameters, Loss> function) {
      options.loss = Optional.of(function);
      return this;
    }

    /**
     * Minimizes with an optimizer made from the trial's parameters; default Adam. One of {@link
     * org.hpo4j.djl.optimizer} follows {@link #learningRate} and can stop and go on under a
     * scheduler; DJL's own follow their trackers and can't.
     */
    public Builder optimizer(Function<HyperParameters, Optimizer> made) {
      options.optimizer = made;
      return this;
    }

    /** Trains with one rate; default a constant 0.001. */
    public Builder learningRate(LearningRate learningRate) {
      return learningRate(hp -> learningRate);
    }

    /** Trains with a rate made from the trial's parameters. */
    public Builder learningRate(Function<HyperParameters, LearningRate> learningRate) {
      options.rate = Optional.of(learningRate);
      return this;
    }

    /**
     * Measures a metric over the validation examples after each epoch.
     *
     * @param name under which it is reported
     * @param made makes an evaluator for each trial, since it keeps sums
     */
    public Builder metric(String name, Function<HyperParameters, Evaluator> made) {
      options.metrics.put(name, made);
      return this;
    }

    /**
     * Measures the metrics over the training batches too, each before its step, and reports them as
     * {@code training_} and the metric's name; default off.
     */
    public Builder trainingMetrics(boolean measured) {
      options.trainingMetrics = measured;
      return this;
    }

    /** Makes a metric the objective, instead of the validation loss. */
    public Builder monitor(String metric, Direction direction) {
      options.monitor = new Monitor(Optional.of(metric), direction);
      return this;
    }

    /**
     * Trains for at most so many epochs, at least 1; default 10. Where a scheduler decides, its
     * largest resource.
     */
    public Builder epochs(int count) {
      options.epochs = Checks.requirePositive("epochs", count);
      return this;
    }

    /** Ends a training after so many epochs without a better value, at least 1; default never. */
    public Builder patience(int count) {
      options.patience = Checks.requirePositive("patience", count);
      return this;
    }

    /** Loads batches on so many threads, at least 1; default 1. */
    public Builder loaders(int threads) {
      options.loaders = Checks.requirePositive("loaders", threads);
      return this;
    }

    /**
     * Runs every trial on one device, which must be present when the objective is built. By default
     * a trial runs on the GPU of its slot ({@link Trial#device}), without one on the CPU.
     */
    public Builder device(Device used) {
      options.fixedDevice = Optional.of(used);
      options.device = trial -> used;
      return this;
    }

    /**
     * Starts every trial from saved weights instead of random ones.
     *
     * @param file as of {@link DjlModel#save}
     */
    public Builder initialWeights(Path file) {
      options.initialWeights = Optional.of(file);
      return this;
    }

    /**
     * Attaches the weights of each trial's best epoch to it, as {@code weights.safetensors}; the
     * study needs an artifact folder, whose retention decides which trials' weights stay. Default
     * off.
     */
    public Builder keepWeights(boolean keep) {
      options.keepWeights = keep;
      return this;
    }

    /**
     * Keeps each epoch's last gradients for listeners ({@link DjlModel#gradients}); default off.
     */
    public Builder keepGradients(boolean keep) {
      options.keepGradients = keep;
      return this;
    }

    /** Tells a listener of each epoch and of each training's end; there may be several. */
    public Builder listener(EpochListener listener) {
      options.listeners.add(listener);
      return this;
    }

    /**
     * Returns the objective.
     *
     * @throws IllegalStateException if loss, training or validation batches are missing
     * @throws IllegalArgumentException if the device is a GPU that the engine can't use
     */
    public DjlObjective build() {
      DjlObjective objective = new DjlObjective(new ObjectiveOptions(options));
      // Here rather than in every trial: each would be recorded as failed.
      options.fixedDevice.ifPresent(Devices::requirePresent);
      return objective;
    }
  }
}
