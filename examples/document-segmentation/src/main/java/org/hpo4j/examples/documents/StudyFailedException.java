package org.hpo4j.examples.documents;

/** Thrown if the study can't come to a result; the message says why, and what to do. */
final class StudyFailedException extends Exception {
  private static final long serialVersionUID = 1;

  StudyFailedException(String message) {
    super(message);
  }
}
