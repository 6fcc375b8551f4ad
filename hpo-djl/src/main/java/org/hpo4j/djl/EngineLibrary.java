package org.hpo4j.djl;

import ai.djl.engine.Engine;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts DJL's engine: quietly, and on a thread that nobody interrupts.
 *
 * <p>By itself DJL sends a message to its makers when it starts, and fetches native libraries that
 * the class path lacks. Here it does neither, unless the user has set the properties that allow it.
 * An interrupt while the library is unpacked and loaded would leave the engine unusable until the
 * JVM ends.
 */
final class EngineLibrary {
  private static boolean started;

  private EngineLibrary() {}

  /**
   * Returns the engine. An interrupt meanwhile is kept for whoever asks next.
   *
   * @throws LinkageError if its library can't be loaded
   */
  static synchronized Engine engine() {
    if (!started) {
      setUnlessSet("OPT_OUT_TRACKING", "OPT_OUT_TRACKING");
      setUnlessSet("ai.djl.offline", "DJL_OFFLINE");
      FutureTask<Engine> start = new FutureTask<>(Engine::getInstance);
      Thread thread = new Thread(start, "hpo4j-djl-library");
      thread.setDaemon(true);
      thread.start();
      await(start);
      started = true;
    }
    return Engine.getInstance();
  }

  private static void setUnlessSet(String property, String variable) {
    if (System.getProperty(property) == null && System.getenv(variable) == null) {
      System.setProperty(property, "true");
    }
  }

  private static void await(FutureTask<Engine> start) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          start.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new LinkageError(
              "DJL's engine can't be started; put an engine and its native library on the class path,"
                  + " such as ai.djl.pytorch:pytorch-engine, pytorch-jni and pytorch-native-cpu: "
                  + e.getCause(),
              e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
