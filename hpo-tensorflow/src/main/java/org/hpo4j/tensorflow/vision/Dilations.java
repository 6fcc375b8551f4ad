package org.hpo4j.tensorflow.vision;

import java.math.BigInteger;
import java.util.List;

/** Checks dilation rates. */
final class Dilations {
  private Dilations() {}

  static void require(List<Integer> rates, int depth, UNet.Encoder encoder) {
    if (rates.isEmpty()) {
      return;
    }
    if (encoder != UNet.Encoder.PLAIN) {
      throw new IllegalArgumentException(
          "dilations are " + rates + ", must be left out with the encoder " + encoder);
    }
    if (rates.size() != depth + 1) {
      throw new IllegalArgumentException(
          "dilations are %s, must be %d: one for each of %d levels and the bottom"
              .formatted(rates, depth + 1, depth));
    }
    if (rates.stream().anyMatch(rate -> rate < 1)) {
      throw new IllegalArgumentException("dilations are " + rates + ", each must be at least 1");
    }
    int divisor =
        rates.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::gcd).intValue();
    if (divisor > 1) {
      throw new IllegalArgumentException(
          "dilations are %s, which grid: they must have no common divisor above 1, and have %d"
              .formatted(rates, divisor));
    }
  }
}
