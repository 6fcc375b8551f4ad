package org.hpo4j.benchmarks.problems;

/**
 * Standard normal noise as a function of run and trial that any language can repeat: two hashes by
 * the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014) and the transform of Box and Muller.
 */
final class KeyedNoise {

  private KeyedNoise() {}

  static double gaussian(long seed, int trial) {
    long key = (seed + 1) * 0xD1342543DE82EF95L + (trial + 1L) * 0x9E3779B97F4A7C15L;
    double u1 = unit(mix(key));
    double u2 = unit(mix(key ^ 0x5851F42D4C957F2DL));
    return StrictMath.sqrt(-2 * StrictMath.log(u1)) * StrictMath.cos(2 * Math.PI * u2);
  }

  /** The upper 53 bits, in (0, 1): never 0, whose logarithm is infinite. */
  private static double unit(long bits) {
    return ((bits >>> 11) + 0.5) * 0x1p-53;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
