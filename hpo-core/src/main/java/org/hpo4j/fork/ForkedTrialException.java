package org.hpo4j.fork;

/**
 * What an objective threw in its process. The exception itself stays there, since its class need
 * not be known here; its class name, message and stack trace are kept as text. Tolerate this class
 * to go on after whatever the objective throws.
 */
public final class ForkedTrialException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String className;
  private final String stackText;

  ForkedTrialException(String text, String className, String stackText) {
    super(text, new InItsProcess(stackText));
    this.className = className;
    this.stackText = stackText;
  }

  /** Shows the other process's stack trace below this one's. */
  private static final class InItsProcess extends Exception {

    private static final long serialVersionUID = 1L;

    InItsProcess(String stackText) {
      super(stackText, null, false, false);
    }
  }

  /** The class of what was thrown. */
  public String className() {
    return className;
  }

  /** The stack trace in the trial's process, causes included, as Java prints it. */
  public String stackText() {
    return stackText;
  }
}
