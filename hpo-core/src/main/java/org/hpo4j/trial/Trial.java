package org.hpo4j.trial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hpo4j.space.Configuration;

/**
 * A running trial, as its objective sees it. Not safe for use by several threads at once.
 *
 * @see FrozenTrial
 */
public interface Trial extends HyperParameters {

  /** The trial's number in its study, counted from 0. */
  int number();

  /** The values chosen so far: all of them where the space is declared. */
  Configuration configuration();

  /** Whether low or high values are better, for each objective of the study, in their order. */
  List<Direction> directions();

  /** Why the trial has its values: which sampler chose them, and by what. */
  Explanation why();

  /** How far to train, and from where; empty unless the sampler decides that. */
  Optional<Fidelity> fidelity();

  /** What the trial has to itself; empty unless the run shares devices among its trials. */
  default Optional<Device> device() {
    return Optional.empty();
  }

  /**
   * Records an intermediate value of the objective.
   *
   * @param step where in the training it was measured, such as an epoch; at least 0. A second
   *     report of the same step replaces the first.
   * @param value the value; NaN is recorded and never prunes
   */
  void report(int step, double value);

  /**
   * Records an intermediate value of a metric besides the objective.
   *
   * @param metric a name other than the objective's, of 1 to 512 characters, not all blank
   * @throws IllegalArgumentException if it is another, or no Unicode text
   */
  void report(String metric, int step, double value);

  /** Whether the pruner would give the trial up after the last report. */
  boolean shouldPrune();

  /**
   * Records an intermediate value of the objective and ends the trial if the pruner gives it up or
   * its time is over.
   *
   * @throws TrialPrunedException if the trial shall end; let it pass
   * @throws TrialFailedException if the time limit has passed
   */
  default void reportOrPrune(int step, double value) {
    report(step, value);
    requireTimeLeft();
    if (shouldPrune()) {
      throw new TrialPrunedException("trial " + number() + " pruned at step " + step);
    }
  }

  /** How long the trial may still run; empty without a limit, negative when it is over. */
  Optional<Duration> timeLeft();

  /**
   * Checks the time limit.
   *
   * @throws TrialFailedException with reason {@code TIMEOUT} if it has passed
   */
  default void requireTimeLeft() {
    Optional<Duration> left = timeLeft();
    if (left.isPresent() && left.get().isNegative()) {
      throw new TrialFailedException(
          FailureReason.TIMEOUT,
          "trial " + number() + " is " + left.get().negated() + " past its time limit");
    }
  }

  /**
   * Random numbers for the training itself, such as initial weights: the same for the same study
   * seed, trial number and purpose, whatever else runs. Each call starts the stream anew.
   */
  RandomGenerator random(String purpose);

  /**
   * Tells the measured value of an outcome constraint that the study has declared. A declared
   * constraint that a trial does not tell counts as violated.
   *
   * @param name the constraint's name
   * @param value at most 0 if it holds, such as the memory used less the memory there is; NaN
   *     counts as infinite
   * @throws IllegalArgumentException if the study has not declared it
   */
  void constrain(String name, double value);

  /**
   * Keeps a value with the trial.
   *
   * @param key 1 to 512 characters, not all blank, not starting with {@code hpo4j:}
   * @param value a string, boolean, number, or a list or string-keyed map of these, nested at most
   *     100 deep
   * @throws IllegalArgumentException if one of them is another, or the key or one inside the value
   *     is no Unicode text
   */
  void setAttribute(String key, Object value);

  /**
   * Keeps a copy of a file with the trial: its history, weights or model.
   *
   * @param name the name to keep it under; letters, digits, dot, dash and underscore
   * @throws IllegalStateException if the study has no artifact folder
   * @throws java.io.UncheckedIOException if it cannot be copied
   */
  void attach(String name, Path file);

  /**
   * A file that this trial's parent has attached, such as the checkpoint to go on from; empty if
   * the trial has no parent (see {@link #fidelity}), or that has no such file.
   *
   * @throws IllegalStateException if the trial has a parent and the study no artifact folder
   */
  Optional<Path> parentArtifact(String name);
}
