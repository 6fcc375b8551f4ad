package org.hpo4j.djl;

import ai.djl.engine.EngineException;
import java.util.Locale;
import org.hpo4j.trial.FailureReason;
import org.hpo4j.trial.TrialFailedException;

/** Tells exhausted memory from the engine's other errors, for which it has one type. */
final class OutOfMemory {
  private OutOfMemory() {}

  /** Whether the engine could not get memory, on the CPU or a GPU. */
  static boolean is(EngineException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("out of memory") || message.contains("can't allocate memory");
  }

  /**
   * Makes the failure of a trial, without the rest of the engine's message, which goes on for
   * lines.
   */
  static TrialFailedException failure(Throwable e) {
    String reason =
        String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getName());
    return new TrialFailedException(FailureReason.OUT_OF_MEMORY, "out of memory: " + reason, e);
  }
}
