package org.hpo4j.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Errors of drivers without the secrets of the URL, which a driver shows where it takes them for a
 * part of something else, such as the user's name.
 */
final class MaskedErrors {

  /** What stands for a cause that is no error of a database. */
  private static final class OtherException extends Exception {
    private static final long serialVersionUID = 1L;

    OtherException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private MaskedErrors() {}

  /** The error itself if it and its causes show no secret, or a copy of the same state and code. */
  static SQLException of(DatabaseUrl url, SQLException error) {
    return showsSecret(url, error) ? copy(url, error) : error;
  }

  /** The class and message of an error, be it itself or what stands for it here. */
  static String text(Throwable error) {
    return error instanceof OtherException ? String.valueOf(error.getMessage()) : error.toString();
  }

  private static boolean showsSecret(DatabaseUrl url, Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (!url.masked(cause.toString()).equals(cause.toString())) {
        return true;
      }
    }
    return false;
  }

  private static SQLException copy(DatabaseUrl url, SQLException error) {
    SQLException copy =
        new SQLException(
            url.masked(String.valueOf(error.getMessage())),
            error.getSQLState(),
            error.getErrorCode(),
            copyOfCause(url, error));
    copy.setStackTrace(error.getStackTrace());
    return copy;
  }

  private static @Nullable Throwable copyOfCause(DatabaseUrl url, Throwable error) {
    Throwable cause = error.getCause();
    if (cause == null) {
      return null;
    }
    if (cause instanceof SQLException sql) {
      return copy(url, sql);
    }
    Throwable copy = new OtherException(url.masked(cause.toString()), copyOfCause(url, cause));
    copy.setStackTrace(cause.getStackTrace());
    return copy;
  }
}
