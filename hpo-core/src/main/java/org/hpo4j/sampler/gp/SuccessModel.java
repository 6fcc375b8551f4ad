package org.hpo4j.sampler.gp;

import java.util.Arrays;
import org.hpo4j.math.Matern52;

/**
 * The probability that a trial succeeds, learned from the failed ones.
 *
 * <p>Notation: a, the prior's weight; S(x) and F(x), sums of Matern correlations of x with the
 * trials that succeeded and that failed, at a fixed length scale. P(x) = (a + S) / (a + S + F): the
 * share of successes in the neighbourhood (Nadaraya and Watson's estimate), and 1 where nothing is
 * known.
 */
final class SuccessModel {

  private static final double PRIOR_WEIGHT = 0.05;

  /** The length scale as a share of the diagonal of the axes' cube. */
  private static final double LENGTH = 0.1;

  private final Points succeeded;
  private final Points failed;
  private final Kernel kernel;
  private double[] q = new double[0];
  private double[] derivatives = new double[0];

  SuccessModel(Axes axes, Points succeeded, Points failed) {
    this.succeeded = succeeded;
    this.failed = failed;
    this.kernel = new Kernel(axes);
    double[] logLengths = new double[axes.count()];
    Arrays.fill(logLengths, Math.log(LENGTH * Math.sqrt(axes.count())));
    kernel.setLogLengths(logLengths);
    int most = Math.max(succeeded.size(), failed.size());
    if (failed.size() > 0) {
      q = new double[most];
      derivatives = new double[most];
    }
  }

  /** log P at a point; adds its derivatives unless the gradient is empty. */
  double logProbability(double[] point, double[] gradient) {
    if (failed.size() == 0) {
      return 0;
    }
    double good = PRIOR_WEIGHT + correlation(point, succeeded);
    double bad = correlation(point, failed);
    if (gradient.length > 0) {
      // log P = log good - log(good + bad); q holds the derivatives for the failed now.
      double all = good + bad;
      addSlopes(point, failed, -1 / all, gradient);
      correlation(point, succeeded);
      addSlopes(point, succeeded, 1 / good - 1 / all, gradient);
    }
    return Math.log(good) - Math.log(good + bad);
  }

  private double correlation(double[] point, Points points) {
    int n = points.size();
    kernel.distances(point, points, 0, n, q);
    Matern52.correlations(q, derivatives, 0, n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += q[i];
    }
    return sum;
  }

  private void addSlopes(double[] point, Points points, double factor, double[] gradient) {
    int n = points.size();
    for (int i = 0; i < n; i++) {
      derivatives[i] *= factor;
    }
    for (int d = 0; d < gradient.length; d++) {
      gradient[d] += kernel.derivative(d, point[d], points, n, derivatives);
    }
  }
}
