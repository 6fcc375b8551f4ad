package org.hpo4j.worker;

/** The command cannot be carried out as it was given; the message is all that its user is told. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
