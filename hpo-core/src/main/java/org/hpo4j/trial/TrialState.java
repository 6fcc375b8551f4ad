package org.hpo4j.trial;

/** Where a trial is in its life. */
public enum TrialState {
  /** Enqueued, or given back by a worker that died; not yet running. */
  WAITING,
  /** Being evaluated. */
  RUNNING,
  /** Ended with a value. */
  COMPLETE,
  /** Given up because its reports were worse than those of others. */
  PRUNED,
  /** Ended without a value. */
  FAILED;

  /** Whether the trial has ended. */
  public boolean isFinished() {
    return this != WAITING && this != RUNNING;
  }

  /** Whether the trial can be compared with others: it is complete or pruned. */
  public boolean isRanked() {
    return this == COMPLETE || this == PRUNED;
  }
}
