package org.hpo4j.sampler.gp;

import java.util.Arrays;

/**
 * The hyperparameters theta: where each stands, the box that they are kept in, and their prior.
 *
 * <p>For D axes theta = (log l_1, ..., log l_D, log eta, gamma, log rho, log eps): length scales,
 * noise, {@link Warp}, and the rough part of the {@link Kernel}. All have independent normal
 * priors:
 *
 * <ul>
 *   <li>log l ~ N(log(D) / 2, 1.3^2): distances in a cube grow with the root of D, and so must the
 *       length scales if a process of many axes shall not be as good as noise: Hvarfner, Hellsten
 *       and Nardi, "Vanilla Bayesian Optimization Performs Great in High Dimensions", ICML 2024.
 *       Theirs is N(sqrt 2 + log(D) / 2, 3) for a process without a rough part; with one, four
 *       times shorter lengths and a narrower prior did better on 24 shifted and rotated functions
 *       of 2, 5 and 10 axes. Without one the prior here is N(log(2/3 sqrt D), 0.7^2): a process
 *       that cannot take ripples for what they are must not be talked by a few of them into leaving
 *       most axes out.
 *   <li>The others are wide: a noise of 1 percent of the signal's deviation, a linear warp, and a
 *       rough part of 10 percent of the deviation at a tenth of the length are in their middle.
 * </ul>
 */
final class Theta {

  /** Places after the length scales. */
  static final int NOISE = 0;

  static final int WARP = 1;
  static final int ROUGH = 2;
  static final int SCALE = 3;
  private static final int OTHERS = 4;

  /** At this log rho the rough part is left out. */
  static final double LEAST_LOG_ROUGH = Math.log(1e-6);

  private final int axes;
  private final double[] mean;
  private final double[] deviation;
  private final double[] low;
  private final double[] high;

  Theta(int axes) {
    this.axes = axes;
    mean = new double[axes + OTHERS];
    deviation = new double[axes + OTHERS];
    low = new double[axes + OTHERS];
    high = new double[axes + OTHERS];
    setLengthScales(1, 1.3);
    set(axes + NOISE, Math.log(1e-4), 3, Math.log(1e-9), Math.log(1e2));
    set(axes + WARP, Warp.LINEAR, 2, Warp.LEAST_GAMMA, Warp.MOST_GAMMA);
    set(axes + ROUGH, Math.log(1e-2), 2.5, LEAST_LOG_ROUGH, Math.log(10));
    set(axes + SCALE, Math.log(0.1), 0.7, Math.log(0.01), Math.log(0.5));
  }

  private void set(int i, double priorMean, double priorDeviation, double least, double most) {
    mean[i] = priorMean;
    deviation[i] = priorDeviation;
    low[i] = least;
    high[i] = most;
  }

  /** The median of the length scales in units of the cube's diagonal, and the log's deviation. */
  private void setLengthScales(double median, double logDeviation) {
    for (int d = 0; d < axes; d++) {
      double logMedian = Math.log(median) + 0.5 * Math.log(axes);
      set(d, logMedian, logDeviation, Math.log(0.01), Math.log(1e3));
    }
  }

  private Theta(Theta other) {
    axes = other.axes;
    mean = other.mean.clone();
    deviation = other.deviation.clone();
    low = other.low.clone();
    high = other.high.clone();
  }

  /** These for a kernel without a rough part. */
  Theta withoutRough() {
    Theta smooth = new Theta(this);
    smooth.setLengthScales(2.0 / 3, 0.7);
    smooth.fix(axes + ROUGH, LEAST_LOG_ROUGH);
    smooth.fix(axes + SCALE, mean[axes + SCALE]);
    return smooth;
  }

  /** These for values that are taken as they are. */
  Theta withoutWarp() {
    Theta linear = new Theta(this);
    linear.fix(axes + WARP, Warp.LINEAR);
    return linear;
  }

  private void fix(int i, double value) {
    set(i, value, 1, value, value);
  }

  /** Whether the values may be transformed. */
  boolean isWarped() {
    return low[axes + WARP] < high[axes + WARP];
  }

  /** How many hyperparameters there are. */
  int count() {
    return mean.length;
  }

  double[] low() {
    return low.clone();
  }

  double[] high() {
    return high.clone();
  }

  /**
   * A start of the fit: length scales of half the diagonal, this warp, all else as in the prior.
   */
  double[] start(double gamma) {
    double[] theta = mean.clone();
    Arrays.fill(theta, 0, axes, Math.log(0.5) + 0.5 * Math.log(axes));
    theta[axes + WARP] = gamma;
    return theta;
  }

  /** Minus the logarithm of the prior density, up to a constant; sets the gradient to its own. */
  double negativeLogPrior(double[] theta, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < theta.length; i++) {
      double z = (theta[i] - mean[i]) / deviation[i];
      sum += 0.5 * z * z;
      gradient[i] = z / deviation[i];
    }
    return sum;
  }
}
