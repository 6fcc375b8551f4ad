package org.hpo4j.study;

import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.Trial;

/**
 * Is told what happens in a study, in the thread that runs the trial and outside the study's lock.
 * An exception ends the run; what happened stays recorded.
 */
public interface StudyListener {

  /** A trial begins. */
  default void trialStarted(BaseStudy study, Trial trial) {}

  /**
   * A trial has reported an intermediate value, which is recorded. Called before {@link
   * Trial#report} returns, so it should be quick.
   *
   * @param metric the objective's name or that of another metric
   * @param step where in the training it was measured, at least 0
   * @param value the value; may be NaN or infinite
   */
  default void trialReported(BaseStudy study, Trial trial, String metric, int step, double value) {}

  /** A trial has ended and is recorded. */
  default void trialFinished(BaseStudy study, FrozenTrial trial) {}
}
