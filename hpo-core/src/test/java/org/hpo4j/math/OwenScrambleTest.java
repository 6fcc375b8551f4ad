package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.stream.LongStream;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.junit.jupiter.api.Test;

class OwenScrambleTest {

  private static final double SCALE = 0x1p52;

  private static double scrambled(double x, long seed) {
    return OwenScramble.scramble((long) (x * SCALE), seed) / SCALE;
  }

  /**
   * 2^10 points of the first two dimensions are a (0, 10, 2)-net: every box of the sides 2^-k and
   * 2^(k - 10), for each k, holds one point. Scrambling keeps that.
   */
  @Test
  void anEvenNetStaysEven() {
    int power = 10;
    for (long seed = 0; seed < 20; seed++) {
      SobolSequenceGenerator sobol = new SobolSequenceGenerator(2);
      double[][] points = new double[1 << power][];
      for (int i = 0; i < points.length; i++) {
        double[] point = sobol.nextVector();
        points[i] = new double[] {scrambled(point[0], 2 * seed), scrambled(point[1], 2 * seed + 1)};
      }
      for (int k = 0; k <= power; k++) {
        BitSet boxes = new BitSet();
        for (double[] point : points) {
          int column = (int) (point[0] * (1 << k));
          int row = (int) (point[1] * (1 << (power - k)));
          boxes.set(column << (power - k) | row);
        }
        assertThat(boxes.cardinality()).isEqualTo(1 << power);
      }
    }
  }

  /** Over 40,000 seeds; the standard error of a mean is 0.0015, of a share 0.0025. */
  @Test
  void eachPointIsUniformAndNeighboursAreNotShiftedAlike() {
    double[] first = seeds().mapToDouble(seed -> scrambled(0.3, seed)).toArray();
    double[] second = seeds().mapToDouble(seed -> scrambled(0.8, seed)).toArray();
    int sameOffset = 0;
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += first[i];
      // 0.3 and 0.8 differ in their first digit only: a digital shift would keep that so.
      sameOffset += Math.abs(Math.abs(first[i] - second[i]) - 0.5) < 0.125 ? 1 : 0;
    }
    assertThat(sum / first.length).isCloseTo(0.5, within(0.008));
    // The difference of independent places in two halves is triangular: 0.4375 within 1/8 of 1/2.
    assertThat(sameOffset / (double) first.length).isCloseTo(0.4375, within(0.013));
  }

  private static LongStream seeds() {
    return LongStream.range(0, 40_000);
  }

  @Test
  void differentNumbersStayDifferent() {
    assertThat(LongStream.range(0, 5_000).map(x -> OwenScramble.scramble(x << 30, 9)).distinct())
        .hasSize(5_000);
  }
}
