package org.hpo4j.trial;

import java.util.Objects;

/**
 * Thrown out of an objective to end its trial as failed for a known reason. The study records the
 * failure and goes on; any other exception ends the study unless it is tolerated.
 */
public final class TrialFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  /** Ends the trial as failed. */
  public TrialFailedException(FailureReason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** Ends the trial as failed because of another exception. */
  public TrialFailedException(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** The kind of failure. */
  public FailureReason reason() {
    return reason;
  }
}
