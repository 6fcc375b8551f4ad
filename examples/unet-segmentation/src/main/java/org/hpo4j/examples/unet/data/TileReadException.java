package org.hpo4j.examples.unet.data;

/**
 * Thrown for data that can't be used; the message names the file, what it holds and what is
 * allowed.
 */
public final class TileReadException extends Exception {
  private static final long serialVersionUID = 1;

  TileReadException(String message) {
    super(message);
  }

  TileReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
