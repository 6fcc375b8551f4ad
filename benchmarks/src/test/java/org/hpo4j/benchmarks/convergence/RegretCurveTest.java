package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.benchmarks.problems.Problems;
import org.hpo4j.space.Configuration;
import org.junit.jupiter.api.Test;

class RegretCurveTest {

  private static final Problem NOISY = Problems.named("noisyint");

  @Test
  void theIncumbentIsTheLowestObservedNotTheLowest() {
    RegretCurve curve = new RegretCurve(NOISY, 0, 2);
    Configuration best = filters(57);
    Configuration other = filters(60);
    double first = curve.observe(0, best);
    double second = curve.observe(1, other);
    // Of run 0, trial 1 has the lower noise: the worse point looks better.
    assertThat(second).isLessThan(first);
    assertThat(curve.regrets()).containsExactly(0, NOISY.regret(other));
  }

  @Test
  void withoutNoiseTheRegretNeverRises() {
    double[] regrets = OwnContender.RANDOM.run(Problems.named("branin"), 3, 40);
    for (int t = 1; t < regrets.length; t++) {
      assertThat(regrets[t]).isLessThanOrEqualTo(regrets[t - 1]);
    }
  }

  @Test
  void aRunThatEndsEarlyHasNoCurve() {
    RegretCurve curve = new RegretCurve(NOISY, 0, 2);
    curve.observe(0, filters(57));
    assertThatThrownBy(curve::regrets)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended after 1 trials");
  }

  @Test
  void aTrialOutOfOrderIsRefused() {
    RegretCurve curve = new RegretCurve(NOISY, 0, 2);
    assertThatThrownBy(() -> curve.observe(1, filters(57)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected trial 0, got 1");
  }

  private static Configuration filters(int count) {
    return NOISY.space().configurationOf(Map.of("filters", count));
  }
}
