package org.hpo4j.examples.flowers.weights;

import java.io.IOException;

/** Thrown for weights that can't be used; the message names the file and what was expected. */
public final class WeightsException extends IOException {
  private static final long serialVersionUID = 1;

  WeightsException(String message) {
    super(message);
  }

  WeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
