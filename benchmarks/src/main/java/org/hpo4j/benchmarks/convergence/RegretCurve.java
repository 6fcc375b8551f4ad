package org.hpo4j.benchmarks.convergence;

import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.space.Configuration;

/**
 * The regrets of one run while it goes on. The incumbent is the trial with the lowest observed
 * value so far, the first of equals; the regret is its value without noise less the minimum.
 */
final class RegretCurve {

  private final Problem problem;
  private final long seed;
  private final double[] regrets;
  private int count;
  private double lowest = Double.POSITIVE_INFINITY;
  private double regret = Double.NaN;

  RegretCurve(Problem problem, long seed, int trials) {
    this.problem = problem;
    this.seed = seed;
    this.regrets = new double[trials];
  }

  /**
   * The value that the sampler is told.
   *
   * @throws IllegalStateException unless the trials come one after the other
   */
  double observe(int trial, Configuration configuration) {
    if (trial != count) {
      throw new IllegalStateException("expected trial " + count + ", got " + trial);
    }
    double observed = problem.observed(configuration, seed, trial);
    if (observed < lowest) {
      lowest = observed;
      regret = problem.regret(configuration);
    }
    regrets[count++] = regret;
    return observed;
  }

  /** How many trials there were. */
  int count() {
    return count;
  }

  /**
   * The regret after 1, 2, ... trials.
   *
   * @throws IllegalStateException if the run is not at its end
   */
  double[] regrets() {
    if (count != regrets.length) {
      throw new IllegalStateException("the run ended after " + count + " trials");
    }
    return regrets.clone();
  }
}
