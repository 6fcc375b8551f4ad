package org.hpo4j.sampler.cmaes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hpo4j.space.Parameters.integer;

import org.hpo4j.math.TruncatedNormal;
import org.hpo4j.space.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarginTest {

  private static final double ALPHA = 0.02;
  private static final Domain<?> FIVE = integer("five", 1, 5).domain();

  private static double below(Margin margin, double deviation, double threshold) {
    double scale = deviation * margin.amplification();
    return Math.exp(TruncatedNormal.logCdf((threshold - margin.mean()) / scale));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-6, 1e-3, 0.03, 0.2})
  void anInnerValueCanBeLeftOnBothSides(double deviation) {
    for (double mean : new double[] {0.41, 0.5, 0.57}) {
      Margin margin = Margin.correct(FIVE, mean, deviation, 1, ALPHA);
      assertThat(below(margin, deviation, 0.4)).isGreaterThan(0.99 * ALPHA / 2);
      assertThat(1 - below(margin, deviation, 0.6)).isGreaterThan(0.99 * ALPHA / 2);
      assertThat(FIVE.fromUnit(margin.mean())).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-6, 1e-3, 0.03, 0.2})
  void anOutermostValueCanBeLeft(double deviation) {
    Margin lowest = Margin.correct(FIVE, -0.3, deviation, 1, ALPHA);
    assertThat(1 - below(lowest, deviation, 0.2)).isGreaterThan(0.99 * ALPHA);
    Margin highest = Margin.correct(FIVE, 1.3, deviation, 1, ALPHA);
    assertThat(below(highest, deviation, 0.8)).isGreaterThan(0.99 * ALPHA);
  }

  @Test
  void aWideDistributionIsLeftAlone() {
    assertThat(Margin.correct(FIVE, 0.45, 0.2, 1, ALPHA)).isEqualTo(new Margin(0.45, 1));
    assertThat(Margin.correct(FIVE, 0.1, 0.2, 1, ALPHA).mean()).isCloseTo(0.1, within(1e-15));
  }
}
