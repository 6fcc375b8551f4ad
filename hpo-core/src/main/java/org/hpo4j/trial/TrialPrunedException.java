package org.hpo4j.trial;

/** Thrown out of an objective to end its trial as pruned; not an error. */
public final class TrialPrunedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Ends the trial as pruned. */
  public TrialPrunedException(String message) {
    // Control flow: a stack trace would cost more than the rest of a report.
    super(message, null, false, false);
  }
}
