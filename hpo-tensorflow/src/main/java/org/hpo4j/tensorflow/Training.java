package org.hpo4j.tensorflow;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;
import org.tensorflow.types.family.TType;

/**
 * Epochs over training batches, each followed by one pass over validation batches; both are loaded
 * ahead on other threads.
 *
 * @param training batches of each epoch
 * @param validation batches of every evaluation: its epoch 0
 * @param rate step size
 * @param epochs largest number of epochs, at least 1
 * @param loaders threads that load training batches, and as many that load validation batches, at
 *     least 1
 * @param keepGradients whether the session keeps the gradients of each epoch's last step ({@link
 *     NetworkSession#gradients})
 * @param <L> type of the labels
 */
public record Training<L extends TType>(
    BatchSource<L> training,
    BatchSource<L> validation,
    LearningRate rate,
    int epochs,
    int loaders,
    boolean keepGradients) {

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

  public Training {
    requirePositive("epochs", epochs);
    requirePositive("loaders", loaders);
  }

  /** One that keeps no gradients. */
  public Training(
      BatchSource<L> training,
      BatchSource<L> validation,
      LearningRate rate,
      int epochs,
      int loaders) {
    this(training, validation, rate, epochs, loaders, false);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
    }
  }

  /**
   * Trains until the epochs are done or the listener ends it. All threads have ended when this
   * returns or throws.
   *
   * @throws IOException if a batch can't be read
   * @throws InterruptedIOException if the thread is interrupted; its flag stays set
   * @throws TrialFailedException if a loss is infinite or not a number
   */
  public void run(NetworkSession<L> session, Listener listener) throws IOException {
    run(session, 0, epochs, listener);
  }

  /**
   * Trains a part of the epochs: the same batches and rates that these have in the whole training.
   *
   * @param done how many epochs the session has had, at least 0
   * @param until how many it shall have had, above {@code done} and at most {@link #epochs}
   * @throws IllegalArgumentException if the part is empty or not within the training
   * @throws IOException if a batch can't be read
   * @throws InterruptedIOException if the thread is interrupted; its flag stays set
   * @throws TrialFailedException if a loss is infinite or not a number
   */
  public void run(NetworkSession<L> session, int done, int until, Listener listener)
      throws IOException {
    if (done < 0 || done >= until || until > epochs) {
      throw new IllegalArgumentException(
          "needs 0 <= done < until <= epochs, %d; got %d and %d".formatted(epochs, done, until));
    }
    int steps = training.batches();
    try (Prefetcher<L> trainingBatches =
            new Prefetcher<>(new LaterEpochs<>(training, done), until - done, loaders);
        Prefetcher<L> validationBatches =
            new Prefetcher<>(new FirstEpoch<>(validation), until - done, loaders)) {
      for (int epoch = done; epoch < until; epoch++) {
        double sum = 0;
        double stepSize = 0;
        for (int step = 0; step < steps; step++) {
          int number = epoch * steps + step;
          stepSize = rate.at(number, epochs * steps);
          boolean keep = keepGradients && step == steps - 1;
          double loss = session.train(trainingBatches.next(), stepSize, number, keep);
          requireFinite("training loss", loss, epoch, step);
          sum += loss;
        }
        Evaluation evaluation = evaluate(session, validationBatches);
        requireFinite("validation loss", evaluation.loss(), epoch, steps - 1);
        if (!listener.goOnAfter(new Epoch(epoch + 1, sum / steps, stepSize, evaluation))) {
          return;
        }
      }
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while waiting for a batch", e);
    }
  }

  private Evaluation evaluate(NetworkSession<L> session, Prefetcher<L> batches)
      throws IOException, InterruptedException {
    EvaluationSum sum = new EvaluationSum();
    for (int i = 0; i < validation.batches(); i++) {
      Batch<L> batch = batches.next();
      session.evaluate(batch, sum);
    }
    return sum.evaluation();
  }

  private static void requireFinite(String what, double loss, int epoch, int step) {
    if (!Double.isFinite(loss)) {
      throw new TrialFailedException(
          FailureReason.NOT_A_NUMBER,
          "%s is %s in epoch %d, step %d".formatted(what, loss, epoch + 1, step + 1));
    }
  }

  /** The epochs after so many. */
  private record LaterEpochs<L extends TType>(BatchSource<L> source, int done)
      implements BatchSource<L> {
    @Override
    public int batches() {
      return source.batches();
    }

    @Override
    public Batch<L> load(int epoch, int batch) throws IOException {
      return source.load(done + epoch, batch);
    }
  }

  /** Evaluations see the same batches every time. */
  private record FirstEpoch<L extends TType>(BatchSource<L> source) implements BatchSource<L> {
    @Override
    public int batches() {
      return source.batches();
    }

    @Override
    public Batch<L> load(int epoch, int batch) throws IOException {
      return source.load(0, batch);
    }
  }
}
