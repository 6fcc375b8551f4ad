package org.hpo4j.math;

import java.nio.charset.StandardCharsets;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Random numbers as a function of a key: (study seed, trial number, purpose). No generator is ever
 * shared or reseeded, so a draw does not depend on which thread asked first, or on how many draws
 * came before.
 *
 * <p>The generator is counter-based: {@link Philox}. The seed and a 64-bit hash of the purpose make
 * its key, the trial number the highest word of its counter.
 */
public final class KeyedRandom {

  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private static final Prefix EMPTY = Prefix.of("");

  private KeyedRandom() {}

  /**
   * A new generator; equal arguments give equal streams.
   *
   * @param seed the study's seed
   * @param number the trial's number, or another counter
   * @param purpose what the numbers are for, such as a parameter's name
   */
  public static UniformRandomProvider of(long seed, long number, String purpose) {
    return of(seed, number, EMPTY, purpose);
  }

  /**
   * The same for the purpose that begins with a prefix.
   *
   * @param name the rest of the purpose
   */
  public static UniformRandomProvider of(long seed, long number, Prefix prefix, String name) {
    return new Philox(seed, mix(hash(prefix.hash, name)), number);
  }

  /**
   * What the purposes of many draws begin with.
   *
   * @param hash its hash, from which that of a whole purpose goes on
   */
  public record Prefix(long hash) {

    /** A prefix. */
    public static Prefix of(String text) {
      return new Prefix(KeyedRandom.hash(BASIS, text));
    }
  }

  /** FNV-1a over the UTF-8 bytes, going on from a hash. */
  private static long hash(long start, String text) {
    long hash = start;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return hash(start, text.getBytes(StandardCharsets.UTF_8));
      }
      hash = (hash ^ c) * PRIME;
    }
    return hash;
  }

  private static long hash(long start, byte[] bytes) {
    long hash = start;
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return hash;
  }

  /** The mixer of SplitMix64. */
  private static long mix(long state) {
    long hash = state;
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
