package org.hpo4j.study;

import org.hpo4j.trial.Trial;

/**
 * What a study optimizes.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface Objective<X extends Exception> {

  /**
   * Evaluates a trial.
   *
   * @return the value; NaN makes the trial fail, infinite ones are legal
   * @throws org.hpo4j.trial.TrialPrunedException to end the trial as pruned
   * @throws org.hpo4j.trial.TrialFailedException to end the trial as failed and go on
   * @throws X to end the trial as failed, and the study unless it tolerates X
   */
  double evaluate(Trial trial) throws X;
}
