package org.hpo4j.benchmarks.convergence;

import java.util.HashMap;
import java.util.Map;
import org.hpo4j.benchmarks.lcbench.LcBench;
import org.hpo4j.benchmarks.lcbench.LcBenchTask;
import org.hpo4j.space.Configuration;

/**
 * The account of one run in epochs: every epoch of every training is paid once, whoever asks for
 * it. A run's score after so many epochs is the lowest error after any epoch of any training until
 * then, less the lowest error known: the best model that a user could have kept.
 */
final class EpochLedger {

  private final LcBenchTask task;
  private final double minimum;
  private final double[] regrets;
  private final Map<Integer, double[]> curves = new HashMap<>();
  private int paid;
  private double lowest = Double.POSITIVE_INFINITY;

  EpochLedger(LcBenchTask task, int budget) {
    this.task = task;
    this.minimum = task.problem().minimum();
    this.regrets = new double[budget];
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
    if (!curves.containsKey(trial)) {
      curves.clear();
      curves.put(trial, task.errors(configuration, 1, LcBench.EPOCHS));
    }
    double error = curves.get(trial)[epoch - 1];
    if (!isUsedUp()) {
      lowest = Math.min(lowest, error);
      regrets[paid++] = lowest - minimum;
    }
    return error;
  }

  /** Trains to the end. */
  double payAll(int trial, Configuration configuration) {
    double error = Double.NaN;
    for (int epoch = 1; epoch <= LcBench.EPOCHS; epoch++) {
      error = pay(trial, configuration, epoch);
    }
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
