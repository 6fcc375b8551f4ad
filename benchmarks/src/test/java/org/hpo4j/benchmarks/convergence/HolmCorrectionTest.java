package org.hpo4j.benchmarks.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmCorrectionTest {

  @Test
  void theStepsMatchAWorkedExample() {
    // Ascending 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1 is 0.02, 0.03, 0.06, 0.04; the last one is
    // raised to its predecessor.
    double[] adjusted = HolmCorrection.adjust(new double[] {0.01, 0.04, 0.03, 0.005});
    assertThat(adjusted).containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
  }

  @Test
  void nothingExceedsOne() {
    assertThat(HolmCorrection.adjust(new double[] {0.9, 0.8})).containsExactly(1, 1);
  }

  @Test
  void oneTestNeedsNoCorrection() {
    assertThat(HolmCorrection.adjust(new double[] {0.02})).containsExactly(0.02);
  }
}
