package org.hpo4j.djl.vision;

import java.util.List;

/** Dilation rates of a U-Net's way down: two a level, of its first and its second convolution. */
final class Dilations {
  private static final int CONVOLUTIONS = 2;

  private Dilations() {}

  /**
   * Throws unless there are no rates, or two for each level and the bottom, each at least 1 and the
   * two of a level without a common divisor above 1.
   */
  static void require(List<Integer> rates, int depth, UNet.Encoder encoder) {
    if (rates.isEmpty()) {
      return;
    }
    if (encoder != UNet.Encoder.PLAIN) {
      throw new IllegalArgumentException(
          "dilations are " + rates + ", must be left out with the encoder " + encoder);
    }
    if (rates.size() != CONVOLUTIONS * (depth + 1)) {
      throw new IllegalArgumentException(
          "dilations are %s, must be %d: two for each of %d levels and the bottom"
              .formatted(rates, CONVOLUTIONS * (depth + 1), depth));
    }
    if (rates.stream().anyMatch(rate -> rate < 1)) {
      throw new IllegalArgumentException("dilations are " + rates + ", each must be at least 1");
    }
    for (int level = 0; level <= depth; level++) {
      int divisor = divisor(of(rates, level, 0), of(rates, level, 1));
      if (divisor > 1) {
        throw new IllegalArgumentException(
            "dilations are %s, which grid: the two of a level must have no common divisor above 1, those of %s have %d"
                .formatted(rates, level == depth ? "the bottom" : "level " + level, divisor));
      }
    }
  }

  /** Returns the rate of a level's convolution, which is number 0 or 1; 1 if there are no rates. */
  static int of(List<Integer> rates, int level, int convolution) {
    return rates.isEmpty() ? 1 : rates.get(CONVOLUTIONS * level + convolution);
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
