package org.hpo4j.examples.vessels;

/** Thrown where a study ran and has no result; the message says what to look at. */
final class StudyFailedException extends Exception {
  private static final long serialVersionUID = 1;

  StudyFailedException(String message) {
    super(message);
  }

  StudyFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
