package org.hpo4j.tensorflow.vision;

import java.math.BigInteger;
import java.util.List;

/** Checks the dilation rates of the convolutions on the way down, two a level. */
final class Dilations {
  private static final int CONVOLUTIONS = 2;

  private Dilations() {}

  /** Throws unless there are no rates, or two for each level and the bottom that don't grid. */
  static void require(List<Integer> rates, int depth, UNet.Encoder encoder) {
    if (rates.isEmpty()) {
      return;
    }
    if (encoder != UNet.Encoder.PLAIN) {
      throw new IllegalArgumentException(
          "dilations are " + rates + ", must be left out with the encoder " + encoder);
    }
    int wanted = CONVOLUTIONS * (depth + 1);
    if (rates.size() != wanted) {
      throw new IllegalArgumentException(
          "dilations are %s, must be %d: two for each of %d levels and the bottom"
              .formatted(rates, wanted, depth));
    }
    if (rates.stream().anyMatch(rate -> rate < 1)) {
      throw new IllegalArgumentException("dilations are " + rates + ", each must be at least 1");
    }
    for (int level = 0; level <= depth; level++) {
      requireNoGrid(rates, level, level == depth ? "the bottom" : "level " + level);
    }
  }

  /** Between levels a pool looks at every pixel: only the convolutions of one level can grid. */
  private static void requireNoGrid(List<Integer> rates, int level, String place) {
    List<Integer> own = rates.subList(CONVOLUTIONS * level, CONVOLUTIONS * (level + 1));
    BigInteger divisor =
        own.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::gcd);
    if (divisor.compareTo(BigInteger.ONE) > 0) {
      throw new IllegalArgumentException(
          "dilations are %s, of which %s at %s grid: they must have no common divisor above 1, and have %d"
              .formatted(rates, own, place, divisor));
    }
  }
}
