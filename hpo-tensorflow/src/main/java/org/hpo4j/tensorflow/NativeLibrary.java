package org.hpo4j.tensorflow;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.tensorflow.TensorFlow;

/**
 * Loads the engine's native library on a thread that nobody interrupts.
 *
 * <p>By itself the engine loads it on whichever thread uses it first. If that one is interrupted
 * meanwhile, by a time limit or by Ctrl-C, the lock on the library's file fails, and with it every
 * later use of the engine until the JVM ends.
 */
final class NativeLibrary {
  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Returns once the library is there. An interrupt meanwhile is kept for whoever asks next.
   *
   * @throws LinkageError if it can't be loaded
   */
  static synchronized void load() {
    if (!loaded) {
      FutureTask<String> loading = new FutureTask<>(TensorFlow::version);
      Thread thread = new Thread(loading, "hpo4j-tensorflow-library");
      thread.setDaemon(true);
      thread.start();
      await(loading);
      loaded = true;
    }
  }

  private static void await(FutureTask<String> loading) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          loading.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof LinkageError linkage) {
            throw linkage;
          }
          throw new LinkageError("the engine's native library can't be loaded", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
