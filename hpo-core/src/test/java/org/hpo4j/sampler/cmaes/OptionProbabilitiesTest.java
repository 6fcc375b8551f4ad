package org.hpo4j.sampler.cmaes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OptionProbabilitiesTest {

  private static final double[] EVEN = {0.25, 0.25, 0.25, 0.25};

  @Test
  void moveTowardsTheOptionsOfTheBetterTrials() {
    double[] q = OptionProbabilities.step(EVEN, new double[] {0.8, 0.2, 0, 0});
    assertThat(q).containsExactly(new double[] {0.525, 0.225, 0.125, 0.125}, within(1e-12));
  }

  @Test
  void stayWhereTheChoiceWasInactive() {
    assertThat(OptionProbabilities.step(EVEN, new double[4])).isEqualTo(EVEN);
  }

  @Test
  void noOptionFallsBelowTheMarginOrItsOwnPrior() {
    double[] q = {1, 0, 0};
    OptionProbabilities.liftToMargin(q, new double[] {0.6, 0.399, 0.001}, 1);
    assertThat(q).containsExactly(new double[] {0.864, 0.135, 0.001}, within(1e-12));
  }

  @Test
  void theMarginLeavesASumOfOne() {
    double[] q = {0.9, 0.05, 0.03, 0.02};
    OptionProbabilities.liftToMargin(q, EVEN, 1);
    assertThat(Arrays.stream(q).sum()).isCloseTo(1, within(1e-12));
    assertThat(q[3]).isCloseTo(0.09, within(1e-12));
  }
}
