package org.hpo4j.math;

import java.util.Arrays;

/**
 * The probability that a point succeeds, learned from points that did and points that failed.
 *
 * <p>Notation: p0 the share of successes; in dimension j, s_j(x) and f_j(x) the numbers of
 * successes and failures near x, by a normal kernel whose height is 1; k = 1 the weight of p0. Then
 * p_j(x) = (s_j + k p0) / (s_j + f_j + k), and
 *
 * <pre>logit P(x) = logit p0 + sum_j (logit p_j(x_j) - logit p0).</pre>
 *
 * <p>So a dimension that has nothing to do with failure has no say, and nor has a place where
 * nothing was tried. This is the naive Bayes classifier (each dimension by itself) with local rates
 * in place of densities; it stays sound in many dimensions, where failures are few. Adding up is
 * right where the dimensions make failure likely together, as a large batch and a wide layer do.
 *
 * <p>An ordered dimension is read on a grid of {@value #BINS} places; an unordered one has a place
 * for each option. To use: {@link #clear} or {@link #set}, {@link #add} each point, {@link
 * #finish}, then ask.
 */
public final class SuccessRates {

  private static final int BINS = 32;

  /** Beyond this, a probability is as good as certain. */
  private static final double MOST_LOGIT = 12;

  private final int[] options;
  private final double[][] successes;
  private final double[][] failures;

  /** By dimension and place: logit p_j - logit p0. */
  private final double[][] logits;

  /** By distance in bins: the height of the kernel. */
  private final double[] heights = new double[BINS];

  private int successCount;
  private int failureCount;
  private double priorLogit;

  /**
   * Rates over some dimensions.
   *
   * @param options by dimension the number of options of an unordered one, 0 for an ordered one
   */
  public SuccessRates(int[] options) {
    this.options = options.clone();
    this.successes = new double[options.length][];
    this.failures = new double[options.length][];
    this.logits = new double[options.length][];
    for (int j = 0; j < options.length; j++) {
      int places = options[j] == 0 ? BINS : options[j];
      successes[j] = new double[places];
      failures[j] = new double[places];
      logits[j] = new double[places];
    }
  }

  /** Forgets all points. */
  public void clear() {
    successCount = 0;
    failureCount = 0;
    for (int j = 0; j < options.length; j++) {
      Arrays.fill(successes[j], 0);
      Arrays.fill(failures[j], 0);
    }
  }

  /** Takes the points of other rates over the same dimensions, and forgets its own. */
  public void set(SuccessRates other) {
    successCount = other.successCount;
    failureCount = other.failureCount;
    for (int j = 0; j < options.length; j++) {
      System.arraycopy(other.successes[j], 0, successes[j], 0, successes[j].length);
      System.arraycopy(other.failures[j], 0, failures[j], 0, failures[j].length);
    }
  }

  /**
   * Learns from a point.
   *
   * @param point by dimension a place in [0, 1], or the number of an option; NaN where it has none
   */
  public void add(double[] point, boolean success) {
    double[][] counts = success ? successes : failures;
    for (int j = 0; j < options.length; j++) {
      if (!Double.isNaN(point[j])) {
        counts[j][place(j, point[j])]++;
      }
    }
    if (success) {
      successCount++;
    } else {
      failureCount++;
    }
  }

  private int place(int j, double x) {
    return options[j] > 0 ? (int) x : Math.min(BINS - 1, (int) (x * BINS));
  }

  /** How many failures were added. */
  public int failureCount() {
    return failureCount;
  }

  /** Ends the points. */
  public void finish() {
    double rate = (successCount + 1.0) / (successCount + failureCount + 2);
    priorLogit = logit(rate);
    // The fewer points of the rarer kind, the wider is what one of them tells about.
    int rarer = Math.max(1, Math.min(successCount, failureCount));
    double width = Math.max(1.0 / BINS, 0.25 / Math.cbrt(rarer));
    for (int distance = 0; distance < BINS; distance++) {
      double z = distance / (BINS * width);
      heights[distance] = Math.exp(-0.5 * z * z);
    }
    for (int j = 0; j < options.length; j++) {
      for (int b = 0; b < logits[j].length; b++) {
        double s = options[j] > 0 ? successes[j][b] : near(successes[j], b);
        double f = options[j] > 0 ? failures[j][b] : near(failures[j], b);
        logits[j][b] = logit((s + rate) / (s + f + 1)) - priorLogit;
      }
    }
  }

  private double near(double[] counts, int bin) {
    double sum = 0;
    for (int b = 0; b < counts.length; b++) {
      sum += counts[b] * heights[Math.abs(b - bin)];
    }
    return sum;
  }

  private static double logit(double p) {
    return Math.log(p / (1 - p));
  }

  /**
   * log P(x), 0 if there were no failures.
   *
   * @param point as for {@link #add}
   */
  public double logProbability(double[] point) {
    if (failureCount == 0) {
      return 0;
    }
    double sum = priorLogit;
    for (int j = 0; j < options.length; j++) {
      if (!Double.isNaN(point[j])) {
        sum += logits[j][place(j, point[j])];
      }
    }
    return -Math.log1p(Math.exp(-Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, sum))));
  }
}
