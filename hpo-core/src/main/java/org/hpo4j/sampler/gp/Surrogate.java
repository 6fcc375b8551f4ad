package org.hpo4j.sampler.gp;

/** A Gaussian process of one output: fit, transformation and posterior, kept from ask to ask. */
final class Surrogate {

  /** A threshold further below all values is as good as never reached. */
  private static final double LOWEST = -10;

  private final Fitting fitting;
  private final Posterior posterior;
  private final int noiseAt;
  private double[] theta = new double[0];
  private double[] t = new double[0];

  Surrogate(Axes axes, boolean warped) {
    this.fitting = new Fitting(axes, warped);
    this.posterior = new Posterior(axes);
    this.noiseAt = axes.count();
  }

  /**
   * Learns from points and their values.
   *
   * @param y the values, no NaN
   * @param n how many, at least one
   * @param fitted to how many of them, the first ones, the hyperparameters are fitted
   * @param threshold any value
   * @return the threshold as the posterior sees it
   */
  double learn(Points points, double[] y, int n, int fitted, double threshold) {
    theta = fitting.theta(points, y, fitted);
    double logC = theta[noiseAt + 1];
    Values values = Values.of(y, n);
    double[] v = new double[n];
    values.scale(y, n, v);
    t = new double[n];
    double deviation = Warp.apply(v, n, logC, t);
    posterior.observe(theta, points, t, n);
    if (!(deviation > 0)) {
      return Math.signum(threshold - y[0]);
    }
    // t is affine in T, and observation 0 is known in both.
    double limit = Math.max(LOWEST, values.unclipped(threshold));
    return t[0] + (Warp.value(limit, logC) - Warp.value(v[0], logC)) / deviation;
  }

  Posterior posterior() {
    return posterior;
  }

  /** An observation's value as expected without noise. */
  double smoothed(int observation) {
    return posterior.smoothed(observation, t[observation]);
  }
}
