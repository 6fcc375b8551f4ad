package org.hpo4j.trial;

/** Why a trial failed. */
public enum FailureReason {
  /** The objective threw an exception. */
  EXCEPTION,
  /** The objective's value was not a number. */
  NOT_A_NUMBER,
  /** The trial ran past its time limit. */
  TIMEOUT,
  /** The heap, or the memory of a device, was exhausted. */
  OUT_OF_MEMORY,
  /** The process that ran the trial died. */
  LOST
}
