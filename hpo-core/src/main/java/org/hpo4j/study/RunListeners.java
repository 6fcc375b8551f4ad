package org.hpo4j.study;

import java.util.Optional;
import org.hpo4j.trial.FrozenTrial;

/** Tells the listeners of a run, and asks its stop conditions; outside the study's lock. */
final class RunListeners {

  private final BaseStudy study;
  private final RunOptions options;

  RunListeners(BaseStudy study, RunOptions options) {
    this.study = study;
    this.options = options;
  }

  /** Keeps an exception of a listener apart from those of the objective. */
  static final class ListenerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenerException(RuntimeException cause) {
      super(cause);
    }
  }

  /** Tells the listeners of one trial's reports. */
  final class ReportTeller implements ReportObserver {
    private Optional<ListenerException> failure = Optional.empty();

    /** What a listener threw, which the objective may have taken for one of its own. */
    Optional<ListenerException> failure() {
      return failure;
    }

    @Override
    public void reported(LiveTrial trial, String metric, int step, double value) {
      try {
        for (StudyListener listener : options.listeners()) {
          listener.trialReported(study, trial, metric, step, value);
        }
      } catch (RuntimeException e) {
        ListenerException thrown = new ListenerException(e);
        failure = Optional.of(thrown);
        throw thrown;
      }
    }
  }

  /** Whether there is nobody to tell or ask. */
  boolean isEmpty() {
    return options.listeners().isEmpty() && options.stopConditions().isEmpty();
  }

  void tellStart(LiveTrial trial) {
    try {
      for (StudyListener listener : options.listeners()) {
        listener.trialStarted(study, trial);
      }
    } catch (RuntimeException e) {
      throw new ListenerException(e);
    }
  }

  /** Tells of the end of a trial; whether a stop condition is met. */
  boolean tellEnd(int number) {
    if (isEmpty()) {
      return false;
    }
    FrozenTrial frozen = study.trial(number);
    for (StudyListener listener : options.listeners()) {
      listener.trialFinished(study, frozen);
    }
    boolean met = false;
    for (StopCondition condition : options.stopConditions()) {
      met |= condition.isMet(study, frozen);
    }
    return met;
  }
}
