package org.hpo4j.mlflow;

/** The server cannot be reached, does not answer in time, or answers as one that is not ready. */
final class AwayException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  AwayException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Why, as part of a sentence about the server; holds no credentials. */
  String reason() {
    return reason;
  }
}
