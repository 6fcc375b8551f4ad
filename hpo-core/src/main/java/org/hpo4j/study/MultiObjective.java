package org.hpo4j.study;

import org.hpo4j.trial.Trial;

/**
 * What a study with several objectives optimizes.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface MultiObjective<X extends Exception> {

  /**
   * Evaluates a trial.
   *
   * @return a value an objective, in the order of the study's; a NaN makes the trial fail
   * @throws org.hpo4j.trial.TrialPrunedException to end the trial as pruned
   * @throws org.hpo4j.trial.TrialFailedException to end the trial as failed and go on
   * @throws X to end the trial as failed, and the study unless it tolerates X
   */
  double[] evaluate(Trial trial) throws X;
}
