package org.hpo4j.storage.optuna;

/**
 * A study has a parameter with a name that Optuna takes and this library does not. Nothing is
 * damaged, and other studies of the storage can be opened. The message goes on after the study's
 * name; to be told to the user with that, as a {@link org.hpo4j.storage.StorageException}.
 */
public final class UnusableNameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableNameException(IllegalArgumentException reason) {
    super(
        "cannot be opened here, other studies can: it has a parameter whose name this library"
            + " cannot use: "
            + reason.getMessage(),
        reason);
  }
}
