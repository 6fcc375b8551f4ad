package org.hpo4j.sampler.gp;

/** A Gaussian process of one output: fit, transformation and posterior, kept from ask to ask. */
final class Surrogate {

  /** A threshold further below all values, in units of their range, is as good as never reached. */
  private static final double LOWEST = -10;

  private final int warpAt;
  private final Fitting fitting;
  private final Posterior posterior;
  private int[] indices = new int[0];
  private double[] t = new double[0];

  /**
   * @param prior the prior of the hyperparameters
   */
  Surrogate(Axes axes, Theta prior) {
    this.warpAt = axes.count() + Theta.WARP;
    this.fitting = new Fitting(axes, prior);
    this.posterior = new Posterior(axes);
  }

  /**
   * Learns from observations, at least one.
   *
   * @param all the observations
   * @param most how many of those up to the last fit are used
   */
  void learn(Sample all, int most) {
    learn(all, most, 0);
  }

  /**
   * The same.
   *
   * @param threshold any value
   * @return the threshold as the posterior sees it
   */
  double learn(Sample all, int most, double threshold) {
    int scheduled = Fitting.scheduled(all.size());
    indices = Subset.withRest(all.values(), scheduled, all.size(), most);
    Sample sample = indices.length < all.size() ? all.select(indices) : all;
    int n = sample.size();
    double[] theta = fitting.theta(sample.points(), sample.values(), Math.min(scheduled, most));
    double gamma = theta[warpAt];
    Values values = Values.of(sample.values(), n);
    double[] v = new double[n];
    values.scale(sample.values(), n, v);
    t = new double[n];
    double deviation = Warp.apply(v, n, gamma, t);
    posterior.observe(theta, sample.points(), t, n);
    if (!(deviation > 0)) {
      return Math.signum(threshold - sample.values()[0]);
    }
    // t is affine in T, and observation 0 is known in both.
    double limit = Math.max(LOWEST, values.unclipped(threshold));
    return t[0] + (Warp.value(limit, gamma) - Warp.value(v[0], gamma)) / deviation;
  }

  Posterior posterior() {
    return posterior;
  }

  /** How many observations are used. */
  int size() {
    return indices.length;
  }

  /** The number, among all observations, of one that is used. */
  int index(int used) {
    return indices[used];
  }

  /** The value of one that is used as expected without noise. */
  double smoothed(int used) {
    return posterior.smoothed(used, t[used]);
  }
}
