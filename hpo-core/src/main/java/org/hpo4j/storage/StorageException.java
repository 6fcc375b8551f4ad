package org.hpo4j.storage;

/** A storage could not be read or written; the message names it and says what to do. */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure. */
  public StorageException(String message) {
    super(message);
  }

  /** A failure with its cause. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
