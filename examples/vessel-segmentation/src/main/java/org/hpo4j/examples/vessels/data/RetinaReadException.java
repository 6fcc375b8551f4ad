package org.hpo4j.examples.vessels.data;

/** Thrown where photographs can't be used; the message names the file and what is needed. */
public final class RetinaReadException extends Exception {
  private static final long serialVersionUID = 1;

  RetinaReadException(String message) {
    super(message);
  }

  RetinaReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
