package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NonDominatedTest {

  @Test
  void ranksAreTheLayersOfDominance() {
    double[][] points = {{1, 4}, {2, 3}, {2, 5}, {4, 1}, {3, 3}, {5, 5}, {1, 4}};
    assertThat(NonDominated.ranks(points)).containsExactly(0, 0, 1, 0, 1, 2, 0);
  }

  @Test
  void pointsBehindThoseAskedForHaveNoRank() {
    double[][] points = {{3, 3}, {1, 1}, {2, 2}};
    assertThat(NonDominated.ranks(points, 2)).containsExactly(NonDominated.UNRANKED, 0, 1);
  }

  @Test
  void eachPointIsDominatedByOneOfTheRankBeforeAndByNoneOfItsOwn() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] points = new double[300][];
    for (int i = 0; i < points.length; i++) {
      points[i] = random.doubles(3, 0, 8).map(Math::rint).toArray();
    }
    int[] ranks = NonDominated.ranks(points);
    for (int i = 0; i < points.length; i++) {
      int own = i;
      assertThat(IntStream.range(0, points.length).filter(j -> ranks[j] == ranks[own]))
          .noneMatch(j -> NonDominated.dominates(points[j], points[own]));
      if (ranks[i] > 0) {
        assertThat(IntStream.range(0, points.length).filter(j -> ranks[j] == ranks[own] - 1))
            .anyMatch(j -> NonDominated.dominates(points[j], points[own]));
      }
    }
  }

  @Test
  void infiniteValuesHaveRanks() {
    double[][] points = {
      {Double.POSITIVE_INFINITY, 0},
      {Double.NEGATIVE_INFINITY, 1},
      {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}
    };
    assertThat(NonDominated.ranks(points)).containsExactly(0, 0, 1);
  }

  @Test
  void crowdingIsTheSpanOfTheNeighboursOverTheRange() {
    double[][] points = {{0, 10}, {9, 9}, {2, 6}, {8, 4}, {10, 0}};
    int[] front = {0, 2, 3, 4};
    assertThat(NonDominated.crowding(points, front))
        .containsExactly(Double.POSITIVE_INFINITY, 0.8 + 0.6, 0.8 + 0.6, Double.POSITIVE_INFINITY);
  }

  @Test
  void crowdingOfInfiniteValuesIsANumber() {
    double[][] points = {{Double.NEGATIVE_INFINITY, 5}, {1, 4}, {2, 3}, {3, 2}};
    assertThat(NonDominated.crowding(points, new int[] {0, 1, 2, 3})).doesNotContain(Double.NaN);
  }
}
