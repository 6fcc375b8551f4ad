package org.hpo4j.examples.flowers;

/** Thrown if a study comes to no result; the message says why. */
final class StudyFailedException extends Exception {
  private static final long serialVersionUID = 1;

  StudyFailedException(String message) {
    super(message);
  }
}
