package org.hpo4j.math;

import java.nio.charset.StandardCharsets;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.Philox4x64;

/**
 * Random numbers as a function of a key: (study seed, trial number, purpose). No generator is ever
 * shared or reseeded, so a draw does not depend on which thread asked first, or on how many draws
 * came before.
 *
 * <p>The generator is counter-based: Philox4x64-10 of Salmon, Moraes, Dror and Shaw, "Parallel
 * random numbers: as easy as 1, 2, 3", SC 2011. The seed and a 64-bit hash of the purpose make its
 * key, the trial number the highest word of its counter.
 */
public final class KeyedRandom {

  private KeyedRandom() {}

  /**
   * A new generator; equal arguments give equal streams.
   *
   * @param seed the study's seed
   * @param number the trial's number, or another counter
   * @param purpose what the numbers are for, such as a parameter's name
   */
  public static UniformRandomProvider of(long seed, long number, String purpose) {
    return new Philox4x64(new long[] {seed, hash(purpose), 0, 0, 0, number});
  }

  /** FNV-1a over the UTF-8 bytes, finished by the mixer of SplitMix64. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
