package org.hpo4j.examples.documents;

import java.util.Locale;

/** The engines to choose from. */
enum EngineName {
  DJL,
  TENSORFLOW;

  /** Returns the engine; its native library is loaded when it is first used. */
  Engine make() {
    return switch (this) {
      case DJL -> new DjlEngine();
      case TENSORFLOW -> new TensorFlowEngine();
    };
  }

  /**
   * Checks a number of trials at a time.
   *
   * @throws IllegalArgumentException if it isn't positive, or too many for the engine
   */
  void requireParallelism(int trials) {
    if (trials < 1) {
      throw new IllegalArgumentException("parallelism is " + trials + ", must be at least 1");
    }
    if (this == DJL && trials > 1) {
      throw new IllegalArgumentException(
          "parallelism is "
              + trials
              + ", must be 1 with the engine djl, which trains one network"
              + " at a time in a process");
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
