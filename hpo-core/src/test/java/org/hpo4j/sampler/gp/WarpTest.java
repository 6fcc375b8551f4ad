package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarpTest {

  private static final double[] V = {0, 1e-4, 0.01, 0.2, 0.5, 0.9, 1};

  @ParameterizedTest
  @ValueSource(doubles = {-6, -1e-6, 0, 1e-3, 5, 13})
  void keepsTheOrderAndStandardizes(double gamma) {
    double[] t = new double[V.length];
    double deviation = Warp.apply(V, V.length, gamma, t);
    assertThat(deviation).isPositive();
    assertThat(t).isSorted();
    double sum = 0;
    double squares = 0;
    for (double ti : t) {
      sum += ti;
      squares += ti * ti;
    }
    assertThat(sum).isCloseTo(0, within(1e-12));
    assertThat(squares / V.length).isCloseTo(1, within(1e-12));
  }

  @Test
  void spreadsLowValuesTheMoreTheLargerC() {
    double[] t = new double[V.length];
    Warp.apply(V, V.length, 0, t);
    double linear = (t[2] - t[0]) / (t[6] - t[0]);
    Warp.apply(V, V.length, 10, t);
    double logarithmic = (t[2] - t[0]) / (t[6] - t[0]);
    assertThat(linear).isCloseTo(0.01, within(1e-12));
    assertThat(logarithmic).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-4, -1e-6, 0, 1e-3, 5})
  void knowsItsDerivatives(double gamma) {
    int n = V.length;
    double step = 1e-6;
    double[] t = new double[n];
    double[] above = new double[n];
    double[] below = new double[n];
    double[] slopes = new double[n];
    double deviation = Warp.apply(V, n, gamma, t);
    double logDeviation = Warp.slopes(V, n, gamma, t, deviation, slopes);
    double highest = Warp.apply(V, n, gamma + step, above);
    double lowest = Warp.apply(V, n, gamma - step, below);
    assertThat(logDeviation)
        .isCloseTo((Math.log(highest) - Math.log(lowest)) / (2 * step), within(1e-7));
    for (int i = 0; i < n; i++) {
      assertThat(slopes[i]).isCloseTo((above[i] - below[i]) / (2 * step), within(1e-7));
    }
    double jacobian = Warp.logJacobian(V, n, gamma + step) - Warp.logJacobian(V, n, gamma - step);
    assertThat(Warp.logJacobianSlope(V, n, gamma)).isCloseTo(jacobian / (2 * step), within(1e-7));
  }
}
