package org.hpo4j.study;

import java.util.List;
import java.util.Optional;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.Outcome;

/**
 * Ends a run whose trials fail in the same way, one after the other; see {@link
 * RunOptions#stopAfterIdenticalFailures}. The trials are recorded as failed. Its cause is what the
 * last objective threw, if it threw anything.
 */
public final class RepeatedFailureException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureReason reason;
  private final List<Integer> trials;

  RepeatedFailureException(Outcome.Failed last, List<Integer> trials, Optional<Throwable> thrown) {
    super(
        trials.size()
            + " trials in a row failed in the same way ("
            + last.reason()
            + "): "
            + last.message()
            + "\nThey are "
            + trials
            + ". Remove the cause, or allow more with RunOptions.stopAfterIdenticalFailures.",
        thrown.orElse(null));
    this.reason = last.reason();
    this.trials = List.copyOf(trials);
  }

  /** The kind of failure. */
  public FailureReason reason() {
    return reason;
  }

  /** The numbers of the trials, in the order in which they ended. */
  public List<Integer> trials() {
    return trials;
  }
}
