package org.hpo4j.fork;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hpo4j.storage.StorageException;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;
import org.hpo4j.trial.TrialPrunedException;

/** Exceptions as fields of messages. */
final class Failures {

  private Failures() {}

  /** What the study threw at a call from the trial's process. */
  static Map<String, Object> write(RuntimeException thrown) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", type(thrown));
    fields.put("message", messageOf(thrown));
    if (thrown instanceof TrialFailedException failed) {
      fields.put("reason", failed.reason().name());
    }
    return fields;
  }

  private static String type(RuntimeException thrown) {
    // A subclass that the other process may not have counts as the class that the API names.
    if (thrown instanceof IllegalArgumentException) {
      return "IllegalArgumentException";
    }
    return thrown instanceof UncheckedIOException
        ? "UncheckedIOException"
        : thrown.getClass().getSimpleName();
  }

  /** The same exception, in the trial's process. */
  static RuntimeException read(Message fields) {
    String message = fields.text("message");
    return switch (fields.text("type")) {
      case "IllegalArgumentException" -> new IllegalArgumentException(message);
      case "UncheckedIOException" -> new UncheckedIOException(message, new IOException(message));
      case "NoSuchElementException" -> new NoSuchElementException(message);
      case "StorageException" -> new StorageException(message);
      case "TrialPrunedException" -> new TrialPrunedException(message);
      case "TrialFailedException" -> new TrialFailedException(reason(fields), message);
      case "IllegalStateException" -> new IllegalStateException(message);
      default -> new IllegalStateException(fields.text("type") + ": " + message);
    };
  }

  static FailureReason reason(Message fields) {
    return FailureReason.valueOf(fields.text("reason"));
  }

  static String messageOf(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage()).orElseGet(thrown::toString);
  }

  static String stackText(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
