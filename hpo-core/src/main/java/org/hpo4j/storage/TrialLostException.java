package org.hpo4j.storage;

/**
 * A change came too late: its trial was taken for lost, and is another worker's now or has ended.
 * Nothing of the commit was written but a note that there was one.
 */
public final class TrialLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int number;

  /** A late change of the trial with this number. */
  public TrialLostException(int number, String message) {
    super(message);
    this.number = number;
  }

  /** The number of the trial that is no longer this worker's. */
  public int number() {
    return number;
  }
}
