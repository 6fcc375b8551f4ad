package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ValuesTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double[] scaled(double... y) {
    double[] v = new double[y.length];
    Values.of(y, y.length).scale(y, y.length, v);
    return v;
  }

  @Test
  void theLowestIsZeroAndTheHighestOne() {
    assertThat(scaled(3, 1, 2, 5)).containsExactly(0.5, 0, 0.25, 1);
  }

  @Test
  void infinitiesCountAsTheNearestFiniteValue() {
    assertThat(scaled(INFINITY, 1, 2, -INFINITY, 3)).containsExactly(1, 0, 0.5, 0, 1);
  }

  @Test
  void anOutlierLeavesTheOthersApart() {
    double[] v = scaled(1, 2, 3, 4, 1e200);
    assertThat(v[4]).isEqualTo(1);
    assertThat(v[1] - v[0]).isGreaterThan(1e-5);
  }

  @Test
  void theWholeRangeOfDoublesFits() {
    double most = Double.MAX_VALUE;
    assertThat(scaled(-most, 0, most)).containsExactly(new double[] {0, 0.5, 1}, within(1e-15));
  }

  @Test
  void equalOrOnlyInfiniteValuesGiveNoNaN() {
    assertThat(scaled(7, 7, 7)).containsOnly(0);
    assertThat(scaled(INFINITY, -INFINITY)).doesNotContain(Double.NaN);
  }
}
