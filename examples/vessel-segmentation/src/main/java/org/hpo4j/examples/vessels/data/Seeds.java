package org.hpo4j.examples.vessels.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  /** Returns the values in a random order (Fisher and Yates). */
  static <T> List<T> shuffled(List<T> values, long seed, String purpose) {
    RandomGenerator random = generator(seed, 0, purpose);
    List<T> order = new ArrayList<>(values);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }
}
