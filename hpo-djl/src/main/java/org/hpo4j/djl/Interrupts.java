package org.hpo4j.djl;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Tells an interrupted training from data that can't be read.
 *
 * <p>A study gives the trial of an interrupted thread back and counts the other one as failed. Here
 * an interruption is an {@link InterruptedIOException} with the thread's interrupt flag set, and
 * nothing else is.
 */
final class Interrupts {
  private Interrupts() {}

  /** Makes the exception of an interrupted thread, whose flag it sets. */
  static InterruptedIOException interrupted(String message, Exception cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException(message);
    interrupted.initCause(cause);
    return interrupted;
  }

  /** Makes what a batch that was loaded on this thread failed with an interruption, if it is. */
  static IOException ofOwnThread(IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return interrupted("interrupted while loading a batch", e);
    }
    boolean flagged = Thread.currentThread().isInterrupted();
    return flagged && e instanceof InterruptedIOException ? e : ofLoader(e);
  }

  /**
   * Makes what a batch failed with on a loading thread an ordinary failure: only closing interrupts
   * those, and a socket's timeout is an {@link InterruptedIOException} too.
   */
  static IOException ofLoader(IOException e) {
    return e instanceof InterruptedIOException || e instanceof ClosedByInterruptException
        ? new IOException("a batch could not be loaded: " + e, e)
        : e;
  }
}
