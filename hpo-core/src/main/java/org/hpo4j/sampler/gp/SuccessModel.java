package org.hpo4j.sampler.gp;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Where trials succeed, and whether that depends on the place at all.
 *
 * <p>The probability of success P(x) is a {@link Classifier}'s. Its logarithm is added to that of
 * the expected improvement (as in Gelbart, Snoek and Adams, "Bayesian optimization with unknown
 * constraints", UAI 2014). Where the best values lie at the edge of a failing region, that alone
 * decides nothing: the improvement beyond the edge is larger by tens of orders of magnitude. So
 * places with a P below a {@linkplain #logLimit limit} are left to the last: {@value #SHARE} times
 * the highest P of a trial that succeeded.
 *
 * <p>Where failures have nothing to do with the place, a limit would only keep the search from
 * where chance made more of them. Hence it takes evidence. Notation: p_i, the probability that the
 * model of earlier trials alone gave to what became of trial i; r_i, that of a constant rate, (k +
 * 1/2) / i for an outcome that k of the i - 1 earlier trials had. There is a limit while
 *
 * <pre>product of p_i / product of r_i &gt;= {@value #LEAST_RATIO}.</pre>
 *
 * <p>That is a prequential Bayes factor (Dawid, "Present position and potential developments: some
 * personal views: statistical theory: the prequential approach", 1984). If every trial fails with
 * the same probability, drawn from the Beta(1/2, 1/2) law that r_i belong to, the ratio is a
 * martingale that starts at 1, wherever the search goes and however the model is fitted; by Ville's
 * inequality it ever reaches {@value #LEAST_RATIO} with a probability of at most 1 / {@value
 * #LEAST_RATIO}.
 *
 * <p>At most {@value #MOST} trials are used, the first {@value #FIRST} and the newest, which bounds
 * the cost; what is said of the ratio holds until the first are dropped, and then for each choice
 * of trials by itself. All of it is a function of the outcomes; what is kept saves time only.
 */
final class SuccessModel {

  private static final int MOST = 256;

  /** As many are dropped at a time, so that fits serve several asks. */
  private static final int FIRST = 64;

  private static final double SHARE = 0.85;
  private static final int LEAST_RATIO = 3;

  /** The weight of the constant rate in p_i, so that one surprise does not refute the model. */
  private static final double DOUBT = 0.05;

  private static final int FIRST_FIT = 8;
  private static final int LAST_FIT = 128;
  private static final double[] NO_GRADIENT = {};

  private final int axes;
  private final Classifier classifier;
  private final ClassifierFit fit;

  /** By the number of outcomes: the hyperparameters. */
  private final TreeMap<Integer, double[]> fits = new TreeMap<>();

  private Sample outcomes;

  /** By outcome: log p_i - log r_i; of so many as were predicted. */
  private double[] logRatios = new double[0];

  private int predicted;
  private boolean isReady;
  private boolean isLocal;
  private double logLimit = Double.NEGATIVE_INFINITY;

  SuccessModel(Axes axes) {
    this.axes = axes.count();
    this.classifier = new Classifier(axes);
    this.fit = new ClassifierFit(axes, classifier);
    this.outcomes = new Sample(axes.count());
  }

  /**
   * Learns from outcomes.
   *
   * @param all the points of ended trials in their order, with 1 for a success and -1 for a failure
   */
  void learn(Sample all) {
    Sample chosen = all.size() <= MOST ? all : all.select(chosen(all.size()));
    int same = same(chosen, outcomes);
    if (same == chosen.size() && same == outcomes.size()) {
      // Asked once more, for the explanation.
      return;
    }
    outcomes = chosen;
    fits.tailMap(same, false).clear();
    predicted = Math.min(predicted, same);
    int n = outcomes.size();
    logRatios = Arrays.copyOf(logRatios, n);
    predict(n);
    double logRatio = 0;
    for (int i = 0; i < n; i++) {
      logRatio += logRatios[i];
    }
    isReady = observe(n);
    isLocal = isReady && logRatio >= Math.log(LEAST_RATIO);
    logLimit = isLocal ? Math.log(SHARE) + highest(n) : Double.NEGATIVE_INFINITY;
  }

  /** The first trials and the newest. */
  private static int[] chosen(int n) {
    int dropped = (n - MOST + FIRST - 1) / FIRST * FIRST;
    return IntStream.concat(IntStream.range(0, FIRST), IntStream.range(FIRST + dropped, n))
        .toArray();
  }

  private static int same(Sample one, Sample other) {
    int most = Math.min(one.size(), other.size());
    int same = 0;
    while (same < most
        && one.values()[same] == other.values()[same]
        && one.points().equal(same, other.points(), same)) {
      same++;
    }
    return same;
  }

  /** Sets the ratios of the outcomes that are new. The model of a block of them is the same. */
  private void predict(int n) {
    double[] point = new double[axes];
    int block = -1;
    boolean knows = false;
    int failures = failures(predicted);
    for (; predicted < n; predicted++) {
      int i = predicted;
      if (block != block(i)) {
        block = block(i);
        knows = observe(block);
      }
      boolean failed = outcomes.values()[i] < 0;
      double constant = ((failed ? failures : i - failures) + 0.5) / (i + 1);
      double here = constant;
      if (knows) {
        outcomes.points().get(i, point);
        double success = Math.exp(classifier.logProbability(point, NO_GRADIENT));
        here = DOUBT * constant + (1 - DOUBT) * (failed ? 1 - success : success);
      }
      logRatios[i] = Math.log(here / constant);
      failures += failed ? 1 : 0;
    }
  }

  /** The start of an outcome's block, which are an eighth longer from one to the next. */
  private static int block(int i) {
    int start = 1;
    while (start + Math.max(1, start / 8) <= i) {
      start += Math.max(1, start / 8);
    }
    return start;
  }

  private int failures(int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += outcomes.values()[i] < 0 ? 1 : 0;
    }
    return count;
  }

  /** Sets the classifier to the first n outcomes; false if they are all of one kind. */
  private boolean observe(int n) {
    int failures = failures(n);
    if (failures == 0 || failures == n) {
      return false;
    }
    int m = fitted(n);
    double[] theta = fits.get(m);
    if (theta == null) {
      theta = fit.prior();
      if (m > 0) {
        classifier.observe(outcomes.points(), outcomes.values(), m);
        theta = fit.run();
      }
      fits.put(m, theta);
    }
    classifier.observe(outcomes.points(), outcomes.values(), n);
    classifier.learn(theta);
    return true;
  }

  /** How many of n outcomes the hyperparameters are fitted to: 8, 12, 16, 24, 32, ... */
  private static int fitted(int n) {
    int m = 0;
    for (int next = FIRST_FIT; next <= Math.min(n, LAST_FIT); ) {
      m = next;
      next += Integer.bitCount(next) == 1 ? next / 2 : next / 3;
    }
    return m;
  }

  /** The highest log P of a success. */
  private double highest(int n) {
    double[] point = new double[axes];
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if (outcomes.values()[i] > 0) {
        outcomes.points().get(i, point);
        highest = Math.max(highest, classifier.logProbability(point, NO_GRADIENT));
      }
    }
    return highest;
  }

  /** Whether there is evidence that some places fail more often than others. */
  boolean isLocal() {
    return isLocal;
  }

  /** The least log P(success) of a place to try; minus infinity if there is none. */
  double logLimit() {
    return logLimit;
  }

  /**
   * log P(success) at a point; 0 as long as no trial has failed, or all have.
   *
   * @param gradient receives the derivatives by the places on all axes; nothing if it is empty
   */
  double logSuccess(double[] point, double[] gradient) {
    if (!isReady) {
      Arrays.fill(gradient, 0);
      return 0;
    }
    return classifier.logProbability(point, gradient);
  }
}
