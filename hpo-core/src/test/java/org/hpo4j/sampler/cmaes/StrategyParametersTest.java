package org.hpo4j.sampler.cmaes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyParametersTest {

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 4", "2, 100", "10, 6", "10, 10", "40, 15", "100, 8", "100, 2000"})
  void weightsFallFromPositiveOnesThatSumToOne(int n, int lambda) {
    double[] weights = new StrategyParameters(n, lambda).weights();
    assertThat(Arrays.stream(weights).filter(w -> w > 0).sum()).isCloseTo(1, within(1e-12));
    for (int i = 1; i < lambda; i++) {
      assertThat(weights[i]).isLessThanOrEqualTo(weights[i - 1]);
    }
  }

  /** C keeps a positive share of itself whatever the steps are: equation 53 of the tutorial. */
  @ParameterizedTest
  @CsvSource({"1, 4", "2, 4", "2, 100", "10, 6", "10, 10", "40, 15", "100, 8", "100, 2000"})
  void negativeWeightsLeaveTheCovariancePositiveDefinite(int n, int lambda) {
    StrategyParameters strategy = new StrategyParameters(n, lambda);
    double negative = Arrays.stream(strategy.weights()).filter(w -> w < 0).sum();
    assertThat(strategy.c1 + strategy.cMu).isLessThanOrEqualTo(1);
    assertThat(1 - strategy.c1 - strategy.cMu + n * strategy.cMu * negative).isGreaterThan(-1e-12);
  }
}
