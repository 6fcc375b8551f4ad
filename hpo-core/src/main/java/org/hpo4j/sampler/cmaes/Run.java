package org.hpo4j.sampler.cmaes;

import java.util.Arrays;

/** A run of CMA-ES, from a start to a restart: a distribution and its memory. Immutable. */
final class Run {

  /** Below this, in unit space, a step changes nothing of interest any more. */
  private static final double SHORTEST_AXIS = 1e-12;

  /** C has a condition number of at most 10^14 (Hansen 2009). */
  private static final double LARGEST_AXIS_RATIO = 1e7;

  /** Values that differ by less are equal, but for rounding in the objective. */
  private static final double ROUNDING = 1e-12;

  private static final double WIDENING = 1.5;

  private final StrategyParameters strategy;
  private final SearchDistribution distribution;
  private final int generation;
  private final double[] pathSigma;
  private final double[] pathC;

  /** The best value of each of the last generations, oldest first. */
  private final double[] bests;

  Run(
      StrategyParameters strategy,
      SearchDistribution distribution,
      int generation,
      double[] pathSigma,
      double[] pathC,
      double[] bests) {
    this.strategy = strategy;
    this.distribution = distribution;
    this.generation = generation;
    this.pathSigma = pathSigma;
    this.pathC = pathC;
    this.bests = bests;
  }

  static Run start(SearchDistribution distribution, int lambda) {
    int n = distribution.dimensions().orderedCount();
    StrategyParameters strategy = new StrategyParameters(Math.max(1, n), lambda);
    return new Run(strategy, distribution, 0, new double[n], new double[n], new double[0]);
  }

  StrategyParameters strategy() {
    return strategy;
  }

  SearchDistribution distribution() {
    return distribution;
  }

  /** How many generations it has learnt from. */
  int generation() {
    return generation;
  }

  /** p_sigma, the path of the step size. */
  double pathSigma(int j) {
    return pathSigma[j];
  }

  /** p_c, the path of the covariance. */
  double pathC(int j) {
    return pathC[j];
  }

  /**
   * The run after one more generation. If every trial of it failed, there is nothing to rank, and
   * the next one reaches further out.
   */
  Run after(Generation next) {
    if (!next.hasSuccess()) {
      return new Run(
          strategy, distribution.widened(WIDENING), generation + 1, pathSigma, pathC, bests);
    }
    double[] longer = Arrays.copyOf(bests, bests.length + 1);
    longer[bests.length] = next.best();
    int surplus = Math.max(0, longer.length - longWindow());
    double[] kept = Arrays.copyOfRange(longer, surplus, longer.length);
    return new Update(this, next).run(kept);
  }

  private int shortWindow() {
    return 10 + (int) Math.ceil(30.0 * pathC.length / strategy.lambda);
  }

  private int longWindow() {
    return 110 + shortWindow();
  }

  /**
   * Whether nothing more is to be expected: the criteria of Hansen, "Benchmarking a BI-population
   * CMA-ES on the BBOB-2009 Function Testbed", GECCO 2009, that do not depend on the objective's
   * scale.
   */
  boolean hasEnded() {
    return isFlat()
        || isStagnant()
        || (pathC.length > 0 && distribution.longestAxis() < SHORTEST_AXIS)
        || distribution.axisRatio() > LARGEST_AXIS_RATIO;
  }

  /** The best values of the short window are all equal. */
  private boolean isFlat() {
    if (bests.length < shortWindow()) {
      return false;
    }
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = bests.length - shortWindow(); i < bests.length; i++) {
      lowest = Math.min(lowest, bests[i]);
      highest = Math.max(highest, bests[i]);
    }
    return highest - lowest <= ROUNDING * Math.max(Math.abs(lowest), Math.abs(highest));
  }

  /** The median of the newest 30 % of the long window is not below that of its oldest 30 %. */
  private boolean isStagnant() {
    if (bests.length < longWindow()) {
      return false;
    }
    int part = 3 * bests.length / 10;
    double[] oldest = Arrays.copyOf(bests, part);
    double[] newest = Arrays.copyOfRange(bests, bests.length - part, bests.length);
    Arrays.sort(oldest);
    Arrays.sort(newest);
    return newest[part / 2] < Double.POSITIVE_INFINITY && newest[part / 2] >= oldest[part / 2];
  }
}
