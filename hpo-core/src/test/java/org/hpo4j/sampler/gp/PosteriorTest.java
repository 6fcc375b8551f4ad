package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PosteriorTest {

  private static final int N = 25;
  private static final double[] AT = {0.31, 0.62, 1};

  private final Points points = Examples.points(N, 2);
  private final double[] t = standardized(Examples.values(points));

  private static double[] standardized(double[] y) {
    double[] v = new double[y.length];
    Values.of(y, y.length).scale(y, y.length, v);
    double[] result = new double[y.length];
    Warp.apply(v, y.length, Warp.LINEAR, result);
    return result;
  }

  private Posterior observed() {
    Posterior posterior = new Posterior(Examples.AXES);
    posterior.observe(Examples.theta(), points, t, N);
    return posterior;
  }

  @Test
  void passesThroughTheSmoothedObservations() {
    Posterior posterior = observed();
    double[] point = new double[3];
    for (int i = 0; i < N; i++) {
      points.get(i, point);
      posterior.predict(point, false);
      assertThat(posterior.mean(0)).isCloseTo(posterior.smoothed(i, t[i]), within(1e-9));
      assertThat(posterior.variance()).isLessThan(0.01);
    }
  }

  @Test
  void predictsAPointThatItHasNotSeen() {
    Points others = Examples.points(50, 99);
    double[] truth = standardizedLike(others);
    Posterior posterior = observed();
    double[] point = new double[3];
    double squares = 0;
    for (int i = 0; i < 50; i++) {
      others.get(i, point);
      posterior.predict(point, false);
      squares += Math.pow(posterior.mean(0) - truth[i], 2);
    }
    // The values' own variance is 1.
    assertThat(squares / 50).isLessThan(0.3);
  }

  /** By an affine map that two observations determine. */
  private double[] standardizedLike(Points others) {
    double[] y = Examples.values(points);
    double scale = (t[1] - t[0]) / (y[1] - y[0]);
    double[] truth = Examples.values(others);
    for (int i = 0; i < truth.length; i++) {
      truth[i] = t[0] + scale * (truth[i] - y[0]);
    }
    return truth;
  }

  @Test
  void observationsThatAreAddedGiveTheSameBits() {
    Posterior grown = new Posterior(Examples.AXES);
    for (int n = 1; n <= N; n++) {
      grown.observe(Examples.theta(), points, t, n);
    }
    assertSamePrediction(grown, observed());
  }

  @Test
  void otherObservationsInBetweenChangeNothing() {
    Posterior posterior = observed();
    Points others = Examples.points(N, 3);
    posterior.observe(Examples.theta(), others, standardized(Examples.values(others)), N);
    posterior.observe(new double[7], points, t, 7);
    posterior.imagine(others, new double[2][N]);
    posterior.observe(Examples.theta(), points, t, N);
    assertSamePrediction(posterior, observed());
  }

  private static void assertSamePrediction(Posterior one, Posterior other) {
    one.predict(AT, false);
    other.predict(AT, false);
    assertThat(one.mean(0)).isEqualTo(other.mean(0));
    assertThat(one.variance()).isEqualTo(other.variance());
  }

  @Test
  void repeatedPointsDoNotBreakIt() {
    Points repeated = new Points(3);
    for (int i = 0; i < 40; i++) {
      repeated.add(AT);
    }
    double[] theta = Examples.theta();
    theta[3] = Math.log(1e-300);
    Posterior posterior = new Posterior(Examples.AXES);
    posterior.observe(theta, repeated, new double[40], 40);
    posterior.predict(AT, true);
    assertThat(posterior.mean(0)).isCloseTo(0, within(1e-6));
    assertThat(posterior.variance()).isPositive();
  }

  @Test
  void fantasiesAgreeWithWhatWasImagined() {
    Posterior posterior = observed();
    posterior.predict(AT, false);
    double mean = posterior.mean(0);
    double deviation = Math.sqrt(posterior.variance());
    Points running = new Points(3);
    running.add(AT);
    posterior.imagine(running, new double[][] {{0}, {2}, {-2}});
    posterior.predict(AT, false);
    assertThat(posterior.mean(0)).isCloseTo(mean, within(1e-6));
    // Up to the noise, of which there is little.
    assertThat(posterior.mean(1)).isCloseTo(mean + 2 * deviation, within(0.1 * deviation));
    assertThat(posterior.mean(2)).isCloseTo(mean - 2 * deviation, within(0.1 * deviation));
    assertThat(posterior.lowestImagined(2)).isEqualTo(posterior.mean(2), within(1e-9));
    assertThat(Math.sqrt(posterior.variance())).isLessThan(0.5 * deviation);
  }

  @Test
  void theAcquisitionsGradientIsThatOfItsDifferences() {
    Posterior posterior = observed();
    Points running = Examples.points(2, 5);
    posterior.imagine(running, new double[][] {{0.3, -1}, {1, 0.5}, {-2, 0}});
    Posterior constraint = observed();
    Acquisition acquisition =
        new Acquisition(
            posterior,
            -1,
            List.of(new Acquisition.Limited(constraint, 0.2)),
            Optional.of(SuccessModelTest.model(40, 3)));
    double[] gradient = new double[3];
    double value = acquisition.negated().evaluate(AT, gradient);
    assertThat(acquisition.value(AT)).isEqualTo(-value, within(1e-12));
    for (int d = 0; d < 2; d++) {
      double step = 1e-6;
      double[] shifted = AT.clone();
      shifted[d] += step;
      double above = acquisition.value(shifted);
      shifted[d] -= 2 * step;
      double below = acquisition.value(shifted);
      assertThat(gradient[d]).isCloseTo(-(above - below) / (2 * step), within(1e-5));
    }
    assertThat(gradient[2]).isZero();
  }
}
