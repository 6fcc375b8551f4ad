package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypervolumeTest {

  @Test
  void ofTwoObjectivesIsTheAreaOfAStaircase() {
    double[][] points = {{1, 3}, {2, 2}, {3, 1}, {3, 3}, {5, 0}};
    assertThat(Hypervolume.of(points, new double[] {4, 4})).isEqualTo(3 + 2 + 1);
  }

  @Test
  void ofThreeObjectivesCountsWhatBoxesShareOnce() {
    double[][] points = {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {1, 1, 1}};
    // Three boxes of 2, which share the unit cube, pairwise and all.
    assertThat(Hypervolume.of(points, new double[] {2, 2, 2})).isEqualTo(4);
  }

  /** The share of a grid's cell centres that are dominated is the volume itself. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void equalsACountOfCells(int objectives) {
    int cells = 8;
    SplittableRandom random = new SplittableRandom(objectives);
    for (int repeat = 0; repeat < 20; repeat++) {
      double[][] points = new double[12][objectives];
      for (double[] point : points) {
        for (int m = 0; m < objectives; m++) {
          point[m] = random.nextInt(cells + 1) / (double) cells;
        }
      }
      double[] reference = new double[objectives];
      Arrays.fill(reference, 1);
      int count = 0;
      int all = (int) Math.pow(cells, objectives);
      for (int cell = 0; cell < all; cell++) {
        count += isDominated(cell, cells, points) ? 1 : 0;
      }
      assertThat(Hypervolume.of(points, reference)).isCloseTo(count / (double) all, within(1e-12));
    }
  }

  private static boolean isDominated(int cell, int cells, double[][] points) {
    for (double[] point : points) {
      boolean dominated = true;
      int rest = cell;
      for (double value : point) {
        dominated &= value <= (rest % cells + 0.5) / cells;
        rest /= cells;
      }
      if (dominated) {
        return true;
      }
    }
    return false;
  }

  @Test
  void infinitePointsAreLegal() {
    double[] reference = {1, 1, 1};
    double[][] points = {{0, 0, Double.POSITIVE_INFINITY}, {0, 0, 0}};
    assertThat(Hypervolume.of(points, reference)).isEqualTo(1);
    points[0][2] = Double.NEGATIVE_INFINITY;
    assertThat(Hypervolume.of(points, reference)).isInfinite();
    assertThat(Hypervolume.of(new double[0][], reference)).isZero();
  }
}
