package org.hpo4j.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hpo4j.study.Objective;
import org.hpo4j.trial.Direction;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.HyperParameters;
import org.hpo4j.trial.Trial;
import org.hpo4j.trial.TrialFailedException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.types.family.TType;

/**
 * An objective that builds a network from a trial's parameters, trains it and returns its best
 * validation loss, or best metric.
 *
 * <pre>{@code
 * var objective = TensorFlowObjective.builder(
 *         (HyperParameters hp) -> Network.of(layersWith(hp.integer("filters", 8, 64)), loss))
 *     .training(batches)
 *     .validation(otherBatches)
 *     .epochs(10)
 *     .build();
 * study.optimize(objective, RunOptions.trials(60));
 * }</pre>
 *
 * <p>Each trial has a graph and a session of its own, so trials may run side by side. First weights
 * come from {@link Trial#random}, one stream for each variable. After each epoch the value is
 * reported and the pruner asked; the number of epochs done is the step of the report. Training loss
 * and metrics are reported under their own names, {@code training_loss} and the metric's. The
 * number of trainable parameters and the best epoch are kept as attributes {@code parameter_count}
 * and {@code best_epoch}.
 *
 * <p>Where a scheduler such as Hyperband decides how far a trial trains, its resource is the number
 * of epochs: a promoted trial restores its parent's weights and optimizer and goes on with the
 * batches and rates of the next epoch, so that it trains as if it had not stopped. Its value is the
 * best of its own epochs. The study needs an artifact folder.
 *
 * <p>The study's direction must be the value's own: a study that maximizes refuses the loss, one
 * that minimizes a metric whose {@code monitor} says {@code MAXIMIZE}, with an {@link
 * IllegalArgumentException} from the first trial.
 *
 * <p>A loss that is infinite or not a number fails the trial with {@link
 * FailureReason#NOT_A_NUMBER}, exhausted memory with {@link FailureReason#OUT_OF_MEMORY}; the study
 * goes on. An interrupt ends the training with an {@link java.io.InterruptedIOException} and stays
 * set. All native memory and all threads of a trial are released however it ends.
 *
 * @param <L> type of the labels
 */
public final class TensorFlowObjective<L extends TType> implements Objective<IOException> {
  /** Name under which the epoch's training loss is reported. */
  public static final String TRAINING_LOSS = "training_loss";

  /** Name under which the validation loss is reported where a metric is the objective. */
  public static final String VALIDATION_LOSS = "validation_loss";

  private final Function<HyperParameters, Network<L>> model;
  private final Function<Trial, BatchSource<L>> training;
  private final Function<Trial, BatchSource<L>> validation;
  private final Function<HyperParameters, LearningRate> rate;
  private final int epochs;
  private final int patience;
  private final int loaders;
  private final DeviceOptions device;
  private final Optional<Path> initialWeights;
  private final boolean keepWeights;
  private final boolean keepGradients;
  private final Monitor monitor;
  private final List<EpochListener> listeners;

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

  private TensorFlowObjective(Builder<L> builder) {
    model = builder.model;
    training = required("training", builder.training);
    validation = required("validation", builder.validation);
    rate = builder.rate;
    epochs = builder.epochs;
    patience = builder.patience;
    loaders = builder.loaders;
    device = builder.device;
    initialWeights = builder.initialWeights;
    keepWeights = builder.keepWeights;
    keepGradients = builder.keepGradients;
    monitor = builder.monitor;
    listeners = List.copyOf(builder.listeners);
  }

  private static <T> T required(String name, Optional<T> value) {
    return value.orElseThrow(
        () -> new IllegalStateException("no " + name + " batches: call " + name + "(...)"));
  }

  /**
   * Returns a builder.
   *
   * @param model makes a network from a trial's parameters
   */
  public static <L extends TType> Builder<L> builder(Function<HyperParameters, Network<L>> model) {
    return new Builder<>(model);
  }

  @Override
  public double evaluate(Trial trial) throws IOException {
    monitor.requireDirectionOf(trial);
    try {
      return train(trial);
    } catch (TFResourceExhaustedException | OutOfMemoryError e) {
      throw new TrialFailedException(
          FailureReason.OUT_OF_MEMORY, "out of memory: " + firstLine(e), e);
    }
  }

  private double train(Trial trial) throws IOException {
    // Before the user's code, which may make tensors of its own.
    NativeLibrary.load();
    Network<L> network = model.apply(trial);
    TrainingPart part = TrainingPart.of(trial, epochs);
    BatchSource<L> trainingBatches = training.apply(trial);
    Training<L> loop =
        new Training<>(
            trainingBatches,
            validation.apply(trial),
            rate.apply(trial),
            epochs,
            loaders,
            keepGradients);
    try (NetworkSession<L> session =
            NetworkSession.open(
                network,
                firstOf(trainingBatches),
                name -> trial.random("weights/" + name),
                DeviceSlot.optionsFor(trial, device));
        BestEpoch best = new BestEpoch(trial, session, monitor, patience, keepWeights)) {
      initialWeights.ifPresent(session::restore);
      for (EpochListener listener : listeners) {
        listener.trainingBegins(trial, session);
      }
      part.restore(session);
      trial.setAttribute("parameter_count", session.parameterCount());
      loop.run(
          session,
          part.done(),
          part.until(),
          epoch -> {
            for (EpochListener listener : listeners) {
              listener.epochEnded(trial, epoch, session);
            }
            return best.goOnAfter(epoch);
          });
      part.keep(session);
      end(trial, session, best);
      return best.finish();
    }
  }

  private void end(Trial trial, NetworkSession<L> session, BestEpoch best) throws IOException {
    if (!listeners.isEmpty()) {
      best.restore();
      for (EpochListener listener : listeners) {
        listener.trainingEnded(trial, session);
      }
    }
  }

  /** Loads the batch whose shape the network is built for. */
  private static <L extends TType> Batch<L> firstOf(BatchSource<L> source) throws IOException {
    try {
      return source.load(0, 0);
    } catch (IOException e) {
      throw Interrupts.ofOwnThread(e);
    }
  }

  /** The engine's messages go on for lines. */
  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getName());
  }

  /**
   * Options of an objective; training and validation batches are required.
   *
   * @param <L> type of the labels
   */
  public static final class Builder<L extends TType> {
    private final Function<HyperParameters, Network<L>> model;
    private Optional<Function<Trial, BatchSource<L>>> training = Optional.empty();
    private Optional<Function<Trial, BatchSource<L>>> validation = Optional.empty();
    private Function<HyperParameters, LearningRate> rate = hp -> LearningRate.constant(1e-3);
    private int epochs = 10;
    private int patience = Integer.MAX_VALUE;
    private int loaders = 2;
    private DeviceOptions device = DeviceOptions.cpu();
    private Optional<Path> initialWeights = Optional.empty();
    private boolean keepWeights;
    private boolean keepGradients;
    private final List<EpochListener> listeners = new ArrayList<>();
    private Monitor monitor = new Monitor(Optional.empty(), Direction.MINIMIZE);

    private Builder(Function<HyperParameters, Network<L>> model) {
      this.model = model;
    }

    /** Trains every trial on the same batches. */
    public Builder<L> training(BatchSource<L> source) {
      return training(trial -> source);
    }

    /**
     * Trains each trial on batches of its own: their size may be a parameter, their order a draw of
     * {@link Trial#random}.
     */
    public Builder<L> training(Function<Trial, BatchSource<L>> source) {
      training = Optional.of(source);
      return this;
    }

    /** Evaluates every trial on the same batches. */
    public Builder<L> validation(BatchSource<L> source) {
      return validation(trial -> source);
    }

    /** Evaluates each trial on batches of its own. */
    public Builder<L> validation(Function<Trial, BatchSource<L>> source) {
      validation = Optional.of(source);
      return this;
    }

    /** Trains with one rate; default a constant 0.001. */
    public Builder<L> learningRate(LearningRate learningRate) {
      return learningRate(hp -> learningRate);
    }

    /** Trains with a rate made from the trial's parameters. */
    public Builder<L> learningRate(Function<HyperParameters, LearningRate> learningRate) {
      rate = learningRate;
      return this;
    }

    /**
     * Trains for at most so many epochs, at least 1; default 10. Where a scheduler decides, its
     * largest resource.
     */
    public Builder<L> epochs(int count) {
      epochs = requirePositive("epochs", count);
      return this;
    }

    /** Ends a training after so many epochs without a better value, at least 1; default never. */
    public Builder<L> patience(int count) {
      patience = requirePositive("patience", count);
      return this;
    }

    /** Loads batches on so many threads, at least 1; default 2. */
    public Builder<L> loaders(int threads) {
      loaders = requirePositive("loaders", threads);
      return this;
    }

    /**
     * Runs on a device; default the CPU. A GPU must be present when the objective is built. A trial
     * that has a slot with a GPU ({@link Trial#device}) runs on that one instead. The engine fixes
     * the GPU for its process, so trials on several GPUs are to be forked.
     */
    public Builder<L> device(DeviceOptions options) {
      device = options;
      return this;
    }

    /**
     * Starts every trial from saved weights instead of random ones.
     *
     * @param prefix path of a checkpoint without its endings, as of {@link NetworkSession#save};
     *     the first trial refuses one of another network
     */
    public Builder<L> initialWeights(Path prefix) {
      initialWeights = Optional.of(prefix);
      return this;
    }

    /**
     * Attaches the weights of each trial's best epoch to it, as {@code weights.index} and {@code
     * weights.data-00000-of-00001}; the study needs an artifact folder, whose retention decides
     * which trials' weights stay. Default off.
     */
    public Builder<L> keepWeights(boolean keep) {
      keepWeights = keep;
      return this;
    }

    /**
     * Keeps each epoch's last gradients for listeners ({@link NetworkSession#gradients}); default
     * off.
     */
    public Builder<L> keepGradients(boolean keep) {
      keepGradients = keep;
      return this;
    }

    /**
     * Tells a listener of each trial's epochs; listeners are called in the order of these calls.
     */
    public Builder<L> listener(EpochListener listener) {
      listeners.add(listener);
      return this;
    }

    /** Makes a metric of the network the objective, instead of the validation loss. */
    public Builder<L> monitor(String metric, Direction direction) {
      monitor = new Monitor(Optional.of(metric), direction);
      return this;
    }

    /**
     * Returns the objective.
     *
     * @throws IllegalStateException if training or validation batches are missing
     * @throws IllegalArgumentException if the device is a GPU that the engine can't use
     */
    public TensorFlowObjective<L> build() {
      TensorFlowObjective<L> objective = new TensorFlowObjective<>(this);
      // Here rather than in every trial: each would be recorded as failed.
      device.requirePresent();
      return objective;
    }

    private static int requirePositive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
      }
      return value;
    }
  }
}
