package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FittingTest {

  @Test
  void fitsEveryCountAtFirstThenEveryTwentiethPartAndThenEveryTenth() {
    assertThat(Fitting.scheduled(1)).isEqualTo(1);
    assertThat(Fitting.scheduled(39)).isEqualTo(39);
    for (int n = 1; n < 3000; n++) {
      int m = Fitting.scheduled(n);
      assertThat(m).isBetween((int) ((n < 100 ? 0.95 : 0.9) * n) - 1, n);
      assertThat(Fitting.scheduled(m)).isEqualTo(m);
    }
  }

  @Test
  void aFitIsAFunctionOfItsObservationsWhateverWasFittedBefore() {
    Points points = Examples.points(70, 4);
    double[] values = Examples.values(points);
    Fitting grown = new Fitting(Examples.AXES, new Theta(3));
    for (int m = 1; m < 70; m += 3) {
      grown.theta(points, values, m);
    }
    Points others = Examples.points(70, 5);
    grown.theta(others, Examples.values(others), 70);
    double[] fresh = new Fitting(Examples.AXES, new Theta(3)).theta(points, values, 70);
    assertThat(grown.theta(points, values, 70)).containsExactly(fresh);
  }

  @Test
  void findsWhichAxisMatters() {
    Points points = Examples.points(60, 6);
    double[] values = new double[60];
    for (int i = 0; i < 60; i++) {
      values[i] = Math.sin(6 * points.axis(0)[i]);
    }
    double[] theta = new Fitting(Examples.AXES, new Theta(3)).theta(points, values, 60);
    assertThat(Math.exp(theta[0])).isLessThan(1);
    assertThat(Math.exp(theta[1])).isGreaterThan(2);
    assertThat(Math.exp(theta[2])).isGreaterThan(2);
  }

  @Test
  void findsTheNoise() {
    Points points = Examples.points(100, 7);
    double[] values = Examples.values(points);
    double[] clean = new Fitting(Examples.AXES, new Theta(3)).theta(points, values, 100);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      values[i] += 0.2 * (random.nextDouble() - 0.5);
    }
    double[] noisy = new Fitting(Examples.AXES, new Theta(3)).theta(points, values, 100);
    assertThat(clean[3 + Theta.NOISE]).isLessThan(Math.log(1e-4));
    double unexplained = Math.exp(noisy[3 + Theta.NOISE]) + Math.exp(noisy[3 + Theta.ROUGH]);
    assertThat(unexplained).isGreaterThan(1e-4);
  }
}
