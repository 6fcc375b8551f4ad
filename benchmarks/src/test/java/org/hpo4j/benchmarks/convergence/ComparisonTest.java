package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void lowerRegretsGiveASmallPValue() {
    // All 25 pairs favour "a"; exactly one of the C(10, 5) = 252 rankings is that extreme.
    Comparison comparison = compare(new double[] {1, 2, 3, 4, 5}, new double[] {6, 7, 8, 9, 10});
    assertThat(comparison.probabilityLower()).isEqualTo(1);
    assertThat(comparison.pValue()).isEqualTo(1 / 252.0, within(1e-12));
  }

  @Test
  void higherRegretsAreNotSignificant() {
    Comparison comparison = compare(new double[] {6, 7, 8, 9, 10}, new double[] {1, 2, 3, 4, 5});
    assertThat(comparison.probabilityLower()).isZero();
    assertThat(comparison.isSignificant()).isFalse();
  }

  @Test
  void tiesCountHalf() {
    assertThat(compare(new double[] {1, 2}, new double[] {1, 2}).probabilityLower()).isEqualTo(0.5);
  }

  @Test
  void aProblemThatOneSamplerDidNotRunIsLeftOut() {
    List<Regret> regrets =
        List.of(
            new Regret("both", "a", 0, 10, 1),
            new Regret("both", "b", 0, 10, 2),
            new Regret("alone", "a", 0, 10, 1));
    assertThat(Comparison.of(new RegretTable(regrets), "a", "b", 10))
        .extracting(Comparison::problem)
        .containsExactly("both");
  }

  private static Comparison compare(double[] own, double[] other) {
    List<Regret> regrets = new ArrayList<>();
    for (int seed = 0; seed < own.length; seed++) {
      regrets.add(new Regret("problem", "a", seed, 10, own[seed]));
      regrets.add(new Regret("problem", "b", seed, 10, other[seed]));
    }
    return Comparison.of(new RegretTable(regrets), "a", "b", 10).get(0);
  }
}
