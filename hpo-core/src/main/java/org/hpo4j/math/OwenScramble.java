package org.hpo4j.math;

/**
 * Nested uniform scrambling of a digital net in base 2: Owen, "Randomly permuted (t,m,s)-nets and
 * (t,s)-sequences", in Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing, 1995.
 *
 * <p>Each binary digit of a coordinate is flipped or not by a random bit that depends on all digits
 * before it. So every point becomes uniform, the points keep their even distribution over all cells
 * of the net, and, unlike under a digital shift, what is regular in the finest digits is broken up:
 * the variance of a mean over smooth functions falls faster than that of a shifted net.
 *
 * <p>The random bits form a binary tree of which a path is looked at. They are computed when they
 * are, by a hash of the node (the idea of Burley, "Practical Hash-based Owen Scrambling", Journal
 * of Computer Graphics Techniques 9(4), 2020, here with a hash of full strength).
 */
public final class OwenScramble {

  /** The digits of a coordinate. */
  public static final int DIGITS = 52;

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private OwenScramble() {}

  /**
   * The scrambled digits of a coordinate.
   *
   * @param digits the first {@value #DIGITS} binary digits of a number in [0, 1), as an integer
   *     below 2^52
   * @param seed one for each dimension
   * @return an integer below 2^52; a bijection for each seed
   */
  public static long scramble(long digits, long seed) {
    long scrambled = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      // Nodes of the tree are numbered level by level from 1, so that each has a hash of its own.
      long node = (1L << digit) | (digits >>> (DIGITS - digit));
      long flip = mix(seed + node * GOLDEN_GAMMA) >>> 63;
      long own = (digits >>> (DIGITS - 1 - digit)) & 1;
      scrambled = (scrambled << 1) | (own ^ flip);
    }
    return scrambled;
  }

  /** The output function of SplitMix64: Steele, Lea and Flood, OOPSLA 2014. */
  private static long mix(long z) {
    long mixed = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
