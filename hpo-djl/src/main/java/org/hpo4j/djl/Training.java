package org.hpo4j.djl;

import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hpo4j.djl.optimizer.Adam;
import org.hpo4j.djl.optimizer.StatefulOptimizer;
import org.hpo4j.trial.TrialFailedException;

/**
 * Epochs over training batches, each followed by one pass over validation batches; both are loaded
 * ahead on other threads. Trainings of one JVM take turns.
 *
 * <pre>{@code
 * Training.builder(batches, otherBatches, Loss.softmaxCrossEntropyLoss())
 *     .metric("accuracy", new Accuracy())
 *     .epochs(20)
 *     .build()
 *     .run(model, epoch -> true);
 * }</pre>
 *
 * <p>A training is for one run: optimizer and evaluators keep what they have summed.
 */
public final class Training {
  private final BatchSource training;
  private final BatchSource validation;
  private final Loss loss;
  private final Optimizer optimizer;
  private final LearningRate rate;
  private final Map<String, Evaluator> metrics;
  private final boolean trainingMetrics;
  private final boolean keepGradients;
  private final int epochs;
  private final int loaders;
  private final long seed;

  /** What happens between epochs. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Called after each epoch's evaluation.
     *
     * @return whether the training goes on
     */
    boolean goOnAfter(Epoch epoch) throws IOException;
  }

  private Training(Builder builder) {
    training = builder.training;
    validation = builder.validation;
    loss = builder.loss;
    optimizer = builder.optimizer;
    rate = builder.rate;
    metrics = new LinkedHashMap<>(builder.metrics);
    trainingMetrics = builder.trainingMetrics;
    keepGradients = builder.keepGradients;
    epochs = builder.epochs;
    loaders = builder.loaders;
    seed = builder.seed;
  }

  /**
   * Returns a builder.
   *
   * @param training batches of each epoch
   * @param validation batches of every evaluation: its epoch 0
   * @param loss mean over a batch's examples of what is minimized
   */
  public static Builder builder(BatchSource training, BatchSource validation, Loss loss) {
    return new Builder(training, validation, loss);
  }

  /**
   * Trains until the epochs are done or the listener ends it. All threads have ended when this
   * returns or throws.
   *
   * @throws IOException if a batch can't be read
   * @throws InterruptedIOException if the thread is interrupted; its flag stays set
   * @throws TrialFailedException if a loss is infinite or not a number
   */
  public void run(DjlModel model, Listener listener) throws IOException {
    run(model, 0, epochs, listener);
  }

  /**
   * Trains a part of the epochs: the same batches and rates that these have in the whole training.
   *
   * @param done how many epochs the model has had, at least 0
   * @param until how many it shall have had, above {@code done} and at most all of them
   */
  void run(DjlModel model, int done, int until, Listener listener) throws IOException {
    if (done < 0 || done >= until || until > epochs) {
      throw new IllegalArgumentException(
          "needs 0 <= done < until <= epochs, %d; got %d and %d".formatted(epochs, done, until));
    }
    try (Turns.Turn turn = Turns.take();
        Prefetcher batches = new Prefetcher(laterEpochs(done), until - done, loaders);
        Prefetcher checks = new Prefetcher(firstEpoch(), until - done, loaders)) {
      turn.start();
      TrainingStep step =
          new TrainingStep(model, loss, optimizer, trainingMetrics ? metrics : Map.of());
      for (int epoch = done; epoch < until; epoch++) {
        if (!listener.goOnAfter(run(model, epoch, step, batches, checks))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while waiting for a batch", e);
    }
  }

  private Epoch run(
      DjlModel model, int epoch, TrainingStep step, Prefetcher batches, Prefetcher checks)
      throws IOException, InterruptedException {
    // The engine's one generator, for dropout: each epoch's draws are its own.
    EngineLibrary.engine().setRandomSeed(Seeds.ofEpoch(seed, epoch));
    int steps = training.batches();
    double stepSize = Double.NaN;
    step.beginEpoch(epoch);
    for (int i = 0; i < steps; i++) {
      if (optimizer instanceof StatefulOptimizer stateful) {
        stepSize = rate.at(epoch * steps + i, epochs * steps);
        stateful.beginStep(stepSize);
      }
      step.train(batches.next(), i, keepGradients && i == steps - 1);
    }
    EvaluationSum sum = new EvaluationSum("validation", loss, metrics);
    for (int i = 0; i < validation.batches(); i++) {
      model.evaluate(checks.next(), sum);
    }
    Evaluation evaluation = sum.mean();
    step.requireFinite("validation loss", evaluation.loss(), steps - 1);
    return new Epoch(epoch + 1, step.meanLoss(), step.metrics(), stepSize, evaluation);
  }

  /** The epochs of a part, counted as the whole training counts them. */
  private BatchSource laterEpochs(int first) {
    return new BatchSource() {
      @Override
      public int batches() {
        return training.batches();
      }

      @Override
      public Batch load(int epoch, int batch) throws IOException {
        return training.load(first + epoch, batch);
      }
    };
  }

  /** Evaluations see the same batches every time. */
  private BatchSource firstEpoch() {
    return new BatchSource() {
      @Override
      public int batches() {
        return validation.batches();
      }

      @Override
      public Batch load(int epoch, int batch) throws IOException {
        return validation.load(0, batch);
      }
    };
  }

  /** Options of a training. */
  public static final class Builder {
    private final BatchSource training;
    private final BatchSource validation;
    private final Loss loss;
    private final Map<String, Evaluator> metrics = new LinkedHashMap<>();
    private Optimizer optimizer = Adam.ofDefaults();
    private LearningRate rate = LearningRate.constant(1e-3);
    private boolean trainingMetrics;
    private boolean keepGradients;
    private int epochs = 10;
    private int loaders = 1;
    private long seed;

    private Builder(BatchSource training, BatchSource validation, Loss loss) {
      this.training = training;
      this.validation = validation;
      this.loss = loss;
    }

    /** Minimizes with an optimizer, made for this training; default Adam. */
    public Builder optimizer(Optimizer used) {
      optimizer = used;
      return this;
    }

    /**
     * Trains with a rate; default a constant 0.001. An optimizer of DJL's own ignores it: it has a
     * tracker.
     */
    public Builder learningRate(LearningRate used) {
      rate = used;
      return this;
    }

    /** Measures a metric after each epoch, over all validation examples. */
    public Builder metric(String name, Evaluator evaluator) {
      metrics.put(name, evaluator);
      return this;
    }

    /** Measures the metrics over the training batches too, each before its step; default off. */
    public Builder trainingMetrics(boolean measured) {
      trainingMetrics = measured;
      return this;
    }

    /** Keeps the gradients of each epoch's last step in the model; default off. */
    public Builder keepGradients(boolean keep) {
      keepGradients = keep;
      return this;
    }

    /** Trains for at most so many epochs, at least 1; default 10. */
    public Builder epochs(int count) {
      epochs = Checks.requirePositive("epochs", count);
      return this;
    }

    /**
     * Loads training batches on so many threads and validation batches on as many, at least 1;
     * default 1.
     */
    public Builder loaders(int threads) {
      loaders = Checks.requirePositive("loaders", threads);
      return this;
    }

    /** Seeds the engine's generator, from which dropout draws; default 0. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Returns the training. */
    public Training build() {
      return new Training(this);
    }
  }
}
