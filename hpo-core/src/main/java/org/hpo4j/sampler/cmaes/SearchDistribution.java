package org.hpo4j.sampler.cmaes;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.SymmetricEigen;
import org.hpo4j.math.TruncatedNormal;
import org.hpo4j.space.Domain;

/**
 * What the next trials are drawn from.
 *
 * <p>Notation, that of Hansen's tutorial:
 *
 * <ul>
 *   <li>m the mean in unit space, sigma the step size, C = B D^2 B^T the covariance matrix.
 *   <li>a_j the amplification of dimension j, 1 where the domain is continuous: the diagonal of the
 *       matrix A of CMA-ES with margin.
 *   <li>y = B D z with z standard normal: a step. Its place is m_j + sigma a_j y_j.
 *   <li>q_k the probabilities of the options of the k-th choice.
 * </ul>
 *
 * <p>Immutable: an update makes a new one, so that one can go back to earlier ones.
 */
final class SearchDistribution {

  /** Keeps D positive where rounding would not. */
  private static final double SMALLEST_EIGENVALUE_RATIO = 1e-30;

  private final Dimensions dimensions;
  private final double[] mean;
  private final double sigma;
  private final double[][] covariance;
  private final double[] amplification;
  private final double[][] probabilities;
  private final double[][] axes;
  private final double[] lengths;

  SearchDistribution(
      Dimensions dimensions,
      double[] mean,
      double sigma,
      double[][] covariance,
      double[] amplification,
      double[][] probabilities) {
    this.dimensions = dimensions;
    this.mean = mean;
    this.sigma = sigma;
    this.covariance = covariance;
    this.amplification = amplification;
    this.probabilities = probabilities;
    if (mean.length == 0) {
      this.axes = new double[0][];
      this.lengths = new double[0];
    } else {
      SymmetricEigen eigen = SymmetricEigen.of(covariance);
      this.axes = eigen.vectors();
      this.lengths = eigen.values();
      double least = SMALLEST_EIGENVALUE_RATIO * lengths[0];
      Arrays.setAll(lengths, j -> Math.sqrt(Math.max(least, lengths[j])));
    }
  }

  /** A sphere about a point, and the choices' own laws. */
  static SearchDistribution start(Dimensions dimensions, double[] mean, double sigma) {
    int n = mean.length;
    double[][] identity = new double[n][n];
    for (int j = 0; j < n; j++) {
      identity[j][j] = 1;
    }
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    double[][] priors = new double[dimensions.nominalCount()][];
    Arrays.setAll(priors, dimensions::prior);
    return new SearchDistribution(dimensions, mean, sigma, identity, ones, priors);
  }

  /** The same with longer steps, at most as long as unit space is wide. */
  SearchDistribution widened(double factor) {
    double longest = lengths.length == 0 ? 1 : lengths[0];
    double wider = Math.max(sigma, Math.min(factor * sigma, 1 / longest));
    return new SearchDistribution(
        dimensions, mean, wider, covariance, amplification, probabilities);
  }

  Dimensions dimensions() {
    return dimensions;
  }

  double mean(int j) {
    return mean[j];
  }

  double sigma() {
    return sigma;
  }

  double covariance(int i, int j) {
    return covariance[i][j];
  }

  double amplification(int j) {
    return amplification[j];
  }

  double[] probabilities(int k) {
    return probabilities[k];
  }

  /** The length of the longest axis, without amplification. */
  double longestAxis() {
    return lengths.length == 0 ? 0 : sigma * lengths[0];
  }

  /** The ratio of the longest to the shortest axis. */
  double axisRatio() {
    return lengths.length == 0 ? 1 : lengths[0] / lengths[lengths.length - 1];
  }

  private double place(int j, double step) {
    return mean[j] + sigma * amplification[j] * step;
  }

  private double step(int j, double place) {
    return (place - mean[j]) / (sigma * amplification[j]);
  }

  /**
   * A draw. If a continuous place lies beyond its bounds, the draw is made once more, and if it
   * does so again, the place is moved to the nearest bound and its step with it. Thus the bounds
   * themselves are tried and the mean never leaves them, and yet few draws are distorted; more
   * repeats would hardly ever reach a minimum at a bound. Discrete places need no such care, since
   * the outermost cells reach to infinity.
   */
  Candidate draw(UniformRandomProvider random) {
    double[] step = drawStep(random);
    if (leavesBounds(step)) {
      step = drawStep(random);
    }
    double[] codes = dimensions.constants();
    for (int j = 0; j < step.length; j++) {
      double place = place(j, step[j]);
      double inside = Math.max(0, Math.min(1, place));
      Domain<?> domain = dimensions.orderedDomain(j);
      codes[dimensions.ordered(j)] = domain.fromUnit(inside);
      if (domain.isContinuous() && inside != place) {
        step[j] = step(j, inside);
      }
    }
    for (int k = 0; k < probabilities.length; k++) {
      codes[dimensions.nominal(k)] = option(probabilities[k], random.nextDouble());
    }
    return new Candidate(step, codes);
  }

  /** y = B D z. */
  private double[] drawStep(UniformRandomProvider random) {
    int n = mean.length;
    double[] step = new double[n];
    for (int i = 0; i < n; i++) {
      double z = gaussian(random);
      for (int j = 0; j < n; j++) {
        step[j] += axes[j][i] * lengths[i] * z;
      }
    }
    return step;
  }

  private boolean leavesBounds(double[] step) {
    for (int j = 0; j < step.length; j++) {
      double place = place(j, step[j]);
      if ((place < 0 || place > 1) && dimensions.orderedDomain(j).isContinuous()) {
        return true;
      }
    }
    return false;
  }

  /** By the quantile function, so that each draw takes one number of the stream. */
  private static double gaussian(UniformRandomProvider random) {
    double u = ((random.nextLong() >>> 11) + 0.5) * 0x1p-53;
    return TruncatedNormal.quantile(u, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private static int option(double[] probabilities, double u) {
    double sum = 0;
    for (int option = 0; option < probabilities.length - 1; option++) {
      sum += probabilities[option];
      if (u < sum) {
        return option;
      }
    }
    return probabilities.length - 1;
  }

  /**
   * The candidate of recorded values that this distribution has not drawn. Its step is cut to a
   * length of sqrt(n) + 2 n / (n + 2) in the metric of C, so that a far one cannot throw the search
   * off its course: Hansen, "Injecting External Solutions Into CMA-ES" (2011, arXiv:1110.4181).
   *
   * @param codes the values by parameter, NaN where there is none
   * @param drawn a draw that stands in for the absent values, which says nothing about them
   */
  Candidate inject(double[] codes, Candidate drawn) {
    int n = mean.length;
    double[] step = drawn.step();
    for (int j = 0; j < n; j++) {
      double code = codes[dimensions.ordered(j)];
      if (!Double.isNaN(code)) {
        Domain<?> domain = dimensions.orderedDomain(j);
        // The place of a cell that is nearest to the mean claims the least.
        double place = Math.max(domain.cellLow(code), Math.min(domain.cellHigh(code), mean[j]));
        step[j] = step(j, place);
      }
    }
    double most = Math.sqrt(n) + 2.0 * n / (n + 2);
    double length = norm(whiten(step));
    if (length > most) {
      for (int j = 0; j < n; j++) {
        step[j] *= most / length;
      }
    }
    return new Candidate(step, codes);
  }

  /** C^(-1/2) y. */
  double[] whiten(double[] y) {
    int n = y.length;
    double[] white = new double[n];
    for (int i = 0; i < n; i++) {
      double along = 0;
      for (int j = 0; j < n; j++) {
        along += axes[j][i] * y[j];
      }
      for (int j = 0; j < n; j++) {
        white[j] += axes[j][i] * along / lengths[i];
      }
    }
    return white;
  }

  /** The Euclidean length. */
  static double norm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
