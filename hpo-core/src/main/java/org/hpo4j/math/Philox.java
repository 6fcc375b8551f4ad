package org.hpo4j.math;

import org.apache.commons.rng.core.source64.LongProvider;

/**
 * Philox4x64-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011; with the numbers of the class of that name in Commons RNG.
 * That one multiplies by way of a method handle, which until it is compiled takes most of the time
 * of a random trial.
 */
final class Philox extends LongProvider {

  private static final int ROUNDS = 10;

  /** The multipliers, and the Weyl sequence's increments of the key. */
  private static final long M0 = 0xd2e7470ee14c6c93L;

  private static final long M1 = 0xca5a826395121157L;
  private static final long W0 = 0x9e3779b97f4a7c15L;
  private static final long W1 = 0xbb67ae8584caa73bL;

  private final long key0;
  private final long key1;

  /** The highest word of the counter; the lowest counts blocks, which are fewer than 2^64. */
  private final long number;

  private long block;

  /** The numbers of a block, and how many of them are left. */
  private long x0;

  private long x1;
  private long x2;
  private long x3;
  private int left;

  Philox(long key0, long key1, long number) {
    this.key0 = key0;
    this.key1 = key1;
    this.number = number;
  }

  @Override
  public long next() {
    if (left == 0) {
      block++;
      encrypt();
      left = 4;
    }
    return switch (left--) {
      case 4 -> x0;
      case 3 -> x1;
      case 2 -> x2;
      default -> x3;
    };
  }

  private void encrypt() {
    long c0 = block;
    long c1 = 0;
    long c2 = 0;
    long c3 = number;
    long k0 = key0;
    long k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long high0 = highOfProduct(M0, c0);
      long low0 = M0 * c0;
      long high1 = highOfProduct(M1, c2);
      long low1 = M1 * c2;
      c0 = high1 ^ c1 ^ k0;
      c1 = low1;
      c2 = high0 ^ c3 ^ k1;
      c3 = low0;
      k0 += W0;
      k1 += W1;
    }
    x0 = c0;
    x1 = c1;
    x2 = c2;
    x3 = c3;
  }

  /** The upper half of the product of two unsigned numbers, the first of them at least 2^63. */
  private static long highOfProduct(long multiplier, long x) {
    return Math.multiplyHigh(multiplier, x) + x + ((x >> 63) & multiplier);
  }
}
