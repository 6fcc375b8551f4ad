package org.hpo4j.djl.vision;

import java.math.BigInteger;
import java.util.List;

/** Dilation rates of the convolutions of each level. */
final class Dilations {

  private Dilations() {}

  /**
   * Throws unless there is a rate for each convolution, at least 1, and the rates of a level have
   * no common divisor above 1.
   *
   * <p>Convolutions whose rates share a divisor d read only every d-th pixel of what enters them,
   * one chessboard of d * d apart from the others: "gridding" (Wang et al., "Understanding
   * convolution for semantic segmentation", WACV 2018, section 3.2).
   */
  static void require(List<List<Integer>> rates, int levels, int convolutions) {
    if (rates.size() > levels) {
      throw new IllegalArgumentException(
          "dilations has rates for %d levels, must be at most %d".formatted(rates.size(), levels));
    }
    for (int level = 0; level < rates.size(); level++) {
      List<Integer> ofLevel = rates.get(level);
      if (ofLevel.size() != convolutions || ofLevel.stream().anyMatch(rate -> rate < 1)) {
        throw new IllegalArgumentException(
            "dilations of level %d are %s, must be %d rates of at least 1"
                .formatted(level, ofLevel, convolutions));
      }
      int divisor =
          ofLevel.stream()
              .map(BigInteger::valueOf)
              .reduce(BigInteger.ZERO, BigInteger::gcd)
              .intValueExact();
      if (divisor > 1) {
        throw new IllegalArgumentException(
            "dilations of level %d are %s, must have no common divisor above 1: with %d they leave a grid of unread pixels"
                .formatted(level, ofLevel, divisor));
      }
    }
  }
}
