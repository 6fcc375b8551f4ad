package org.hpo4j.examples.documents;

/** Thrown if a folder's study was begun with other sizes, data or seed. */
final class ForeignStudyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ForeignStudyException(String message, Throwable cause) {
    super(message, cause);
  }
}
