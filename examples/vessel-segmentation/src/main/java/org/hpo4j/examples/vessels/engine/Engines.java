package org.hpo4j.examples.vessels.engine;

import java.util.Optional;

/** Opens engines. */
public final class Engines {
  private Engines() {}

  /**
   * Returns an engine.
   *
   * @param gpu number of the GPU to use; the CPU if none is given
   * @throws IllegalArgumentException if the engine can't use that GPU
   */
  public static Engine open(Engine.Name name, Optional<Integer> gpu) {
    return switch (name) {
      case DJL -> new DjlEngine(gpu);
      case TENSORFLOW -> new TensorFlowEngine(gpu);
    };
  }
}
