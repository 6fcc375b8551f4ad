package org.hpo4j.examples.documents.data;

import java.util.random.RandomGenerator;
import org.hpo4j.math.KeyedRandom;

/** Random numbers of the study that belong to no trial. */
public final class Seeds {
  private Seeds() {}

  /**
   * Returns a new generator; equal arguments give equal streams, different ones independent
   * streams.
   */
  public static RandomGenerator generator(long seed, long number, String purpose) {
    return KeyedRandom.of(seed, number, purpose)::nextLong;
  }
}
