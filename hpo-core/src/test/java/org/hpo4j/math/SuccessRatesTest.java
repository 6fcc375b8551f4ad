package org.hpo4j.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SuccessRatesTest {

  private static double probability(SuccessRates rates, double... point) {
    return Math.exp(rates.logProbability(point));
  }

  @Test
  void withoutFailuresEverythingSucceeds() {
    SuccessRates rates = new SuccessRates(new int[] {0});
    rates.add(new double[] {0.5}, true);
    rates.finish();
    assertThat(rates.logProbability(new double[] {0.1})).isZero();
  }

  @Test
  void learnsTheDimensionThatDecides() {
    SuccessRates rates = new SuccessRates(new int[] {0, 0, 3});
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      double x = random.nextDouble();
      rates.add(new double[] {x, random.nextDouble(), random.nextInt(3)}, x < 0.5);
    }
    rates.finish();
    assertThat(probability(rates, 0.1, 0.9, 2)).isGreaterThan(0.9);
    assertThat(probability(rates, 0.9, 0.1, 0)).isLessThan(0.1);
  }

  @Test
  void learnsTheOptionThatDecides() {
    SuccessRates rates = new SuccessRates(new int[] {3});
    for (int i = 0; i < 30; i++) {
      rates.add(new double[] {i % 3}, i % 3 != 1);
    }
    rates.finish();
    assertThat(probability(rates, 1)).isLessThan(0.1);
    assertThat(probability(rates, 2)).isGreaterThan(0.9);
  }

  @Test
  void whereNothingWasTriedTheShareOfSuccessesHolds() {
    SuccessRates rates = new SuccessRates(new int[] {4, 4});
    for (int i = 0; i < 10; i++) {
      rates.add(new double[] {0, 0}, i < 5);
    }
    rates.finish();
    assertThat(probability(rates, 3, 3)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aMissingDimensionHasNoSay() {
    SuccessRates rates = new SuccessRates(new int[] {0, 0});
    for (int i = 0; i < 20; i++) {
      rates.add(new double[] {i / 20.0, Double.NaN}, i < 10);
    }
    rates.finish();
    assertThat(probability(rates, 0.2, 0.9)).isEqualTo(probability(rates, 0.2, Double.NaN));
  }

  @Test
  void takesThePointsOfOthersInPlaceOfItsOwn() {
    SuccessRates others = new SuccessRates(new int[] {0, 2});
    others.add(new double[] {0.2, 1}, true);
    others.add(new double[] {0.7, 0}, false);
    SuccessRates rates = new SuccessRates(new int[] {0, 2});
    rates.add(new double[] {0.2, 0}, false);
    rates.set(others);
    rates.finish();
    others.finish();
    assertThat(rates.failureCount()).isEqualTo(1);
    assertThat(probability(rates, 0.3, 1)).isEqualTo(probability(others, 0.3, 1));
  }

  @Test
  void forgetsWhatWasCleared() {
    SuccessRates rates = new SuccessRates(new int[] {0});
    rates.add(new double[] {0.5}, false);
    rates.clear();
    rates.add(new double[] {0.5}, true);
    rates.finish();
    assertThat(rates.logProbability(new double[] {0.5})).isZero();
  }
}
