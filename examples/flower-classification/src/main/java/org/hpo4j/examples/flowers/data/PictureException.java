package org.hpo4j.examples.flowers.data;

import java.io.IOException;

/** Thrown for pictures that can't be used; the message names the file and what is allowed. */
public final class PictureException extends IOException {
  private static final long serialVersionUID = 1;

  PictureException(String message) {
    super(message);
  }

  PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
