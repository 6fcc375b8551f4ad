package org.hpo4j.djl;

import java.util.SplittableRandom;

/** Seeds of parts from the seed of the whole. */
final class Seeds {
  /** The golden ratio's fraction: neighbours become far apart. */
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** Returns the seed of one epoch's draws of the engine, which takes 32 bits. */
  static int ofEpoch(long seed, int epoch) {
    return new SplittableRandom(seed + STRIDE * (epoch + 1)).nextInt();
  }
}
