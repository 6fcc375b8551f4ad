package org.hpo4j.sampler.gp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hpo4j.math.BoxLbfgs;

/**
 * When the hyperparameters are fitted, and from where.
 *
 * <p>With n observations those of the first m are used, where m follows a fixed schedule: every
 * count at first, later every twentieth part more, and from {@value #MANY} on every tenth, where
 * hyperparameters hardly move any more and a fit costs most. The fit of m observations starts at
 * the fit of the largest anchor below m, a power of two, and that one at the fit of the anchor
 * below; the first starts at the prior. So each fit is a function of the first m observations
 * alone, not of the fits that the process happened to make before, and yet starts near its goal: a
 * resumed study fits a handful of anchors and then goes on exactly like one that never stopped.
 *
 * <p>Fits are kept, and used again only for the same observations.
 */
final class Fitting {

  private static final int MANY = 100;
  private static final int FIRST_ANCHOR = 16;
  private static final int MOST_KEPT = 16;
  private static final int MOST_EVALUATIONS = 60;
  private static final double FIRST_STEP = 0.5;
  private static final double TOLERANCE = 1e-3;

  /**
   * Where the warp of a fit without anchor starts: spreading high values, the identity, and near a
   * logarithm.
   */
  private static final double[] STARTS = {-2, 0, Math.log(100)};

  private final Axes axes;
  private final Theta prior;
  private final Likelihood likelihood;
  private final BoxLbfgs lbfgs;
  private final double[] low;
  private final double[] high;

  /** The one that was used last at the end. */
  private final List<Fit> kept = new ArrayList<>();

  /** The hyperparameters of some observations, which are kept as well. */
  private static final class Fit {
    final double[] observations;
    final double[] theta;

    Fit(double[] observations, double[] theta) {
      this.observations = observations;
      this.theta = theta;
    }
  }

  /**
   * @param prior the prior of the hyperparameters, and which of them are fitted at all
   */
  Fitting(Axes axes, Theta prior) {
    this.axes = axes;
    this.prior = prior;
    this.likelihood = new Likelihood(axes, prior);
    this.lbfgs = new BoxLbfgs(prior.count());
    this.low = prior.low();
    this.high = prior.high();
  }

  /** How many of n observations are fitted. */
  static int scheduled(int n) {
    int m = 1;
    while (m + step(m) <= n) {
      m += step(m);
    }
    return m;
  }

  private static int step(int m) {
    return m < MANY ? Math.max(1, m / 20) : m / 10;
  }

  /**
   * The hyperparameters for the first points and their values.
   *
   * @param m how many, at least one
   * @return theta, not to be changed
   */
  double[] theta(Points points, double[] y, int m) {
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (matches(kept.get(i).observations, points, y, m)) {
        Fit found = kept.remove(i);
        kept.add(found);
        return found.theta;
      }
    }
    double[] v = new double[m];
    Values.of(y, m).scale(y, m, v);
    double[] theta;
    int anchor = anchorBelow(m);
    if (anchor == 0) {
      theta = best(points, v, m);
    } else {
      theta = theta(points, y, anchor).clone();
      likelihood.observe(points, v, m);
      minimize(theta);
    }
    if (kept.size() == MOST_KEPT) {
      kept.remove(0);
    }
    kept.add(new Fit(observations(points, y, m), theta));
    return theta;
  }

  private static int anchorBelow(int m) {
    int anchor = FIRST_ANCHOR;
    while (2 * anchor < m) {
      anchor *= 2;
    }
    return anchor < m ? anchor : 0;
  }

  private double[] best(Points points, double[] v, int m) {
    likelihood.observe(points, v, m);
    double[] best = prior.start(Warp.LINEAR);
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < (prior.isWarped() ? STARTS.length : 1); i++) {
      double[] theta = prior.start(prior.isWarped() ? STARTS[i] : Warp.LINEAR);
      double value = minimize(theta);
      if (value < lowest) {
        lowest = value;
        best = theta;
      }
    }
    return best;
  }

  private double minimize(double[] theta) {
    return lbfgs.minimize(likelihood, theta, low, high, FIRST_STEP, TOLERANCE, MOST_EVALUATIONS);
  }

  private double[] observations(Points points, double[] y, int m) {
    double[] all = Arrays.copyOf(y, m * (axes.count() + 1));
    for (int d = 0; d < axes.count(); d++) {
      System.arraycopy(points.axis(d), 0, all, (d + 1) * m, m);
    }
    return all;
  }

  private boolean matches(double[] observations, Points points, double[] y, int m) {
    if (observations.length != m * (axes.count() + 1)
        || !Arrays.equals(observations, 0, m, y, 0, m)) {
      return false;
    }
    for (int d = 0; d < axes.count(); d++) {
      if (!Arrays.equals(observations, (d + 1) * m, (d + 2) * m, points.axis(d), 0, m)) {
        return false;
      }
    }
    return true;
  }
}
