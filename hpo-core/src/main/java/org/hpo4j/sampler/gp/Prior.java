package org.hpo4j.sampler.gp;

import java.util.Arrays;

/** The prior of the hyperparameters theta of a {@link Likelihood}, and the box they are kept in. */
final class Prior {

  /** The noise: its median is 1 percent of the signal's deviation; the floor is for stability. */
  private static final double LOG_ETA_MEAN = Math.log(1e-4);

  private static final double LOG_ETA_DEVIATION = 3;
  private static final double LEAST_LOG_ETA = Math.log(1e-9);
  private static final double MOST_LOG_ETA = Math.log(1e2);

  private static final double LOG_LENGTH_DEVIATION = Math.sqrt(3);

  private final int axes;
  private final double[] mean;
  private final double[] deviation;
  private final double[] low;
  private final double[] high;

  Prior(int axes) {
    this.axes = axes;
    mean = new double[axes + 2];
    deviation = new double[axes + 2];
    low = new double[axes + 2];
    high = new double[axes + 2];
    Arrays.fill(mean, 0, axes, Math.sqrt(2) + 0.5 * Math.log(axes));
    Arrays.fill(deviation, 0, axes, LOG_LENGTH_DEVIATION);
    Arrays.fill(low, 0, axes, Math.log(0.01));
    Arrays.fill(high, 0, axes, Math.log(1e3));
    mean[axes] = LOG_ETA_MEAN;
    deviation[axes] = LOG_ETA_DEVIATION;
    low[axes] = LEAST_LOG_ETA;
    high[axes] = MOST_LOG_ETA;
    mean[axes + 1] = 0;
    deviation[axes + 1] = 5;
    low[axes + 1] = Warp.LEAST_LOG_C;
    high[axes + 1] = Warp.MOST_LOG_C;
  }

  /** How many hyperparameters there are. */
  int count() {
    return mean.length;
  }

  double[] low() {
    return low;
  }

  double[] high() {
    return high;
  }

  /** A start of the fit: lengths of half the diagonal, little noise, and this warp. */
  double[] start(double logC) {
    double[] theta = mean.clone();
    Arrays.fill(theta, 0, axes, Math.log(0.5) + 0.5 * Math.log(axes));
    theta[axes + 1] = logC;
    return theta;
  }

  /** Sets the gradient to that of minus the log density; returns its value. */
  double addTo(double[] theta, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < theta.length; i++) {
      double z = (theta[i] - mean[i]) / deviation[i];
      sum += 0.5 * z * z;
      gradient[i] = z / deviation[i];
    }
    return sum;
  }
}
