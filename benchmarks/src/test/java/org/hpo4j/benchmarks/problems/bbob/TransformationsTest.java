package org.hpo4j.benchmarks.problems.bbob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hpo4j.math.KeyedRandom;
import org.junit.jupiter.api.Test;

/** References: the definitions of the report, computed with Python's doubles. */
class TransformationsTest {

  @Test
  void oscillation() {
    assertThat(Transformations.osz(new double[] {3.7, -0.2, 1, 0}))
        .containsExactly(
            new double[] {3.6467384112607286, -0.204157350293243, 1, 0}, within(1e-14));
  }

  @Test
  void asymmetryLeavesNegativeValuesAlone() {
    assertThat(Transformations.asy(0.5, new double[] {1.5, 2, 3}))
        .containsExactly(new double[] {1.5, 2.555407536529665, 7.768199706781032}, within(1e-13));
    assertThat(Transformations.asy(0.5, new double[] {-1.5, -2, -3})).containsExactly(-1.5, -2, -3);
  }

  @Test
  void lambdaGoesFromOneToTheRootOfItsCondition() {
    assertThat(Transformations.lambda(100, new double[] {1, 1, 1}))
        .containsExactly(new double[] {1, Math.sqrt(10), 10}, within(1e-14));
  }

  @Test
  void onlyTheOutsideIsPunished() {
    assertThat(Transformations.penalty(new double[] {5, -5, 0})).isZero();
    assertThat(Transformations.penalty(new double[] {7, -6})).isEqualTo(5);
  }

  @Test
  void aRotationKeepsLengths() {
    double[] x = KeyedRandom.of(1, 2, "x").doubles(20, -5, 5).toArray();
    double[] y = new Instance(15, 20).rotation("Q").times(x);
    assertThat(length(y)).isEqualTo(length(x), within(1e-12));
    assertThat(y).isNotEqualTo(x);
  }

  private static double length(double[] x) {
    double sum = 0;
    for (double xi : x) {
      sum += xi * xi;
    }
    return Math.sqrt(sum);
  }
}
