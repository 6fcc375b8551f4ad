package org.hpo4j.examples.documents.data;

/**
 * Thrown for data that can't be used; the message names the file, what it holds and what is
 * allowed.
 */
public final class ScanReadException extends Exception {
  private static final long serialVersionUID = 1;

  ScanReadException(String message) {
    super(message);
  }

  ScanReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
