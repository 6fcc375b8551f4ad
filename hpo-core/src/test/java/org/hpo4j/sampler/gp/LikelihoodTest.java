package org.hpo4j.sampler.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;

class LikelihoodTest {

  private static final int N = 30;

  private final Theta prior = new Theta(3);
  private final Points points = Examples.points(N, 1);
  private final double[] scaled = scaled(Examples.values(points));
  private final Likelihood likelihood = likelihood();

  private static double[] scaled(double[] y) {
    double[] v = new double[y.length];
    Values.of(y, y.length).scale(y, y.length, v);
    return v;
  }

  private Likelihood likelihood() {
    Likelihood result = new Likelihood(Examples.AXES, prior);
    result.observe(points, scaled, N);
    return result;
  }

  @Test
  void itsGradientIsThatOfItsDifferences() {
    double[] theta = Examples.theta();
    double[] gradient = new double[theta.length];
    likelihood.evaluate(theta, gradient);
    double step = 1e-5;
    double[] unused = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      double[] shifted = Examples.theta();
      shifted[i] += step;
      double above = likelihood.evaluate(shifted, unused);
      shifted[i] -= 2 * step;
      double below = likelihood.evaluate(shifted, unused);
      assertThat(gradient[i])
          .describedAs("derivative %d", i)
          .isCloseTo((above - below) / (2 * step), within(1e-6));
    }
  }

  /** The formula with dense matrices of Commons Math. */
  @Test
  void isMinusTheLogarithmOfThePosteriorDensity() {
    double[] theta = Examples.theta();
    RealMatrix c = covariances(theta);
    LUDecomposition lu = new LUDecomposition(c);
    double[] t = new double[N];
    double deviation = Warp.apply(scaled, N, theta[4], t);
    RealVector ones = new ArrayRealVector(N, 1);
    RealVector values = new ArrayRealVector(t);
    double beta =
        ones.dotProduct(lu.getSolver().solve(values)) / ones.dotProduct(lu.getSolver().solve(ones));
    RealVector r = values.subtract(ones.mapMultiply(beta));
    double kappa = Likelihood.KAPPA;
    double variance = (r.dotProduct(lu.getSolver().solve(r)) + kappa) / (N + kappa);
    double expected =
        0.5 * (N + kappa) * Math.log(variance)
            + 0.5 * Math.log(lu.getDeterminant())
            + N * Math.log(deviation)
            - Warp.logJacobian(scaled, N, theta[4])
            + prior.negativeLogPrior(theta, new double[theta.length]);
    assertThat(likelihood.evaluate(theta, new double[theta.length]))
        .isCloseTo(expected, within(1e-9));
  }

  private RealMatrix covariances(double[] theta) {
    RealMatrix c = new Array2DRowRealMatrix(N, N);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        double q = 0;
        for (int d = 0; d < 3; d++) {
          double difference = points.axis(d)[i] - points.axis(d)[j];
          double square = d == 2 ? (difference == 0 ? 0 : 1) : difference * difference;
          q += square * Math.exp(-2 * theta[d]);
        }
        double noise = i == j ? Math.exp(theta[3]) : 0;
        double rough = Math.exp(theta[5]) * matern(q * Math.exp(-2 * theta[6]));
        c.setEntry(i, j, matern(q) + rough + noise);
      }
    }
    return c;
  }

  private static double matern(double q) {
    double r = Math.sqrt(q);
    return (1 + Math.sqrt(5) * r + 5 * q / 3) * Math.exp(-Math.sqrt(5) * r);
  }

  @Test
  void equalValuesHaveNone() {
    likelihood.observe(points, new double[N], N);
    assertThat(likelihood.evaluate(Examples.theta(), new double[7]))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }
}
