package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void lowerRegretsGiveASmallPValue() {
    // All 25 pairs favour "a"; exactly one of the C(10, 5) = 252 rankings is that extreme.
    Comparison comparison = compare(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10});
    assertThat(comparison.probabilityLower()).isEqualTo(1);
    assertThat(comparison.better()).isEqualTo(1 / 252.0, within(1e-12));
    assertThat(comparison.isBetter()).isTrue();
    assertThat(comparison.isWorse()).isFalse();
  }

  @Test
  void higherRegretsAreSignificantlyWorse() {
    Comparison comparison = compare(new double[] {6, 7, 8, 9, 10}, new double[] {1, 2, 3, 4, 5});
    assertThat(comparison.probabilityLower()).isZero();
    assertThat(comparison.isBetter()).isFalse();
    assertThat(comparison.isWorse()).isTrue();
  }

  @Test
  void tiesCountHalf() {
    assertThat(compare(new double[] {1, 2}, new double[] {1, 2}).probabilityLower()).isEqualTo(0.5);
  }

  /** References: scipy 1.17.1, {@code mannwhitneyu(a, b, alternative=..., method="auto")}. */
  @Test
  void withoutTiesThePValueIsExactAsInScipy() {
    double[] a = {0.11, 0.52, 0.23, 0.94, 0.35, 0.06, 0.77};
    double[] b = {0.61, 0.83, 0.42, 1.24, 0.99, 0.17};
    assertThat(Comparison.pValue(a, b, AlternativeHypothesis.LESS_THAN))
        .isEqualTo(0.09032634032634032, within(1e-12));
    assertThat(Comparison.pValue(a, b, AlternativeHypothesis.GREATER_THAN))
        .isEqualTo(0.9312354312354312, within(1e-12));
  }

  /** References: scipy as above, which takes the normal approximation where there are ties. */
  @Test
  void withTiesThePValueIsTheApproximationOfScipy() {
    double[] a = {1, 2, 2, 3, 3, 3, 4, 5, 1, 2};
    double[] b = {2, 3, 4, 4, 5, 5, 6, 3, 3, 7};
    assertThat(Comparison.pValue(a, b, AlternativeHypothesis.LESS_THAN))
        .isEqualTo(0.01392077142606913, within(1e-12));
    assertThat(Comparison.pValue(a, b, AlternativeHypothesis.GREATER_THAN))
        .isEqualTo(0.9885975613697294, within(1e-12));
  }

  @Test
  void theRatioIsThatOfTheMedians() {
    assertThat(compare(new double[] {1, 2, 9}, new double[] {3, 4, 5}).ratio()).isEqualTo(0.5);
  }

  @Test
  void regretsBelowTheResolutionCountAsTheResolution() {
    assertThat(compare(new double[] {0}, new double[] {1e-9}).ratio()).isEqualTo(1);
    assertThat(compare(new double[] {0}, new double[] {1e-4}).ratio())
        .isEqualTo(1e-4, within(1e-18));
  }

  @Test
  void theMeanOfTheRatiosIsGeometric() {
    assertThat(
            Comparison.geometricMean(
                List.of(
                    new Comparison("branin", 0.5, 1, 1, 4), new Comparison("cond", 0.5, 1, 1, 1))))
        .isEqualTo(2, within(1e-15));
  }

  @Test
  void aProblemThatOneSamplerDidNotRunIsLeftOut() {
    RegretTable table =
        TestRuns.table(
            TestRuns.on("branin", "a", 1),
            TestRuns.on("branin", "b", 2),
            TestRuns.on("cond", "a", 1));
    assertThat(Comparison.of(table, "a", "b", 1))
        .extracting(Comparison::problem)
        .containsExactly("branin");
  }

  private static Comparison compare(double[] own, double[] other) {
    RegretTable table = TestRuns.table(TestRuns.of("a", own), TestRuns.of("b", other));
    return Comparison.of(table, "a", "b", 1).get(0);
  }
}
