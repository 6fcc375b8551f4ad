package org.hpo4j.benchmarks.convergence;

import java.util.function.Function;
import org.hpo4j.benchmarks.lcbench.LcBench;
import org.hpo4j.benchmarks.lcbench.LcBenchTask;
import org.hpo4j.space.Configuration;

/**
 * The account of one run in epochs: every epoch of every training is paid once, whoever asks for
 * it. A run's score after so many epochs is the lowest error after any epoch of any training until
 * then, less the lowest error known: the best model that a user could have kept.
 */
final class EpochLedger {

  private final Function<Configuration, double[]> training;
  private final double minimum;
  private final double[] regrets;
  private int current = -1;
  private double[] curve = {};
  private int paid;
  private double lowest = Double.POSITIVE_INFINITY;

  /**
   * An account with nothing paid.
   *
   * @param training the errors after each epoch of a whole training
   * @param minimum the lowest error known
   * @param budget how many epochs there are
   */
  EpochLedger(Function<Configuration, double[]> training, double minimum, int budget) {
    this.training = training;
    this.minimum = minimum;
    this.regrets = new double[budget];
  }

  /** An account of trainings of this task. */
  static EpochLedger of(LcBenchTask task, int budget) {
    return new EpochLedger(
        configuration -> task.errors(configuration, 1, LcBench.EPOCHS),
        task.problem().minimum(),
        budget);
  }

  /** Whether no epoch is left. */
  boolean isUsedUp() {
    return paid == regrets.length;
  }

  /**
   * Trains for one more epoch. Once the budget is used up, an answer is still given but counts for
   * nothing.
   *
   * @param trial the number of the trial, whose values do not change
   * @param epoch of its training, from 1
   */
  double pay(int trial, Configuration configuration, int epoch) {
    // Of the training that is going on only: a trial is finished before the next one starts.
    if (trial != current) {
      current = trial;
      curve = training.apply(configuration);
    }
    double error = curve[epoch - 1];
    if (!isUsedUp()) {
      lowest = Math.min(lowest, error);
      regrets[paid++] = lowest - minimum;
    }
    return error;
  }

  /** Trains to the end. */
  double payAll(int trial, Configuration configuration) {
    double error;
    int epoch = 1;
    do {
      error = pay(trial, configuration, epoch++);
    } while (epoch <= curve.length);
    return error;
  }

  /**
   * The regret after 1, 2, ... epochs.
   *
   * @throws IllegalStateException if epochs are left
   */
  double[] regrets() {
    if (!isUsedUp()) {
      throw new IllegalStateException("the run ended after " + paid + " epochs");
    }
    return regrets.clone();
  }
}
