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

  /** A trial has ended and is recorded. */
  default void trialFinished(BaseStudy study, FrozenTrial trial) {}
}
