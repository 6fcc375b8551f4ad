package org.hpo4j.benchmarks.convergence;

import java.util.Arrays;

/**
 * A finished run.
 *
 * @param problem the problem's name
 * @param sampler the sampler's name
 * @param seed the number of the run
 * @param seconds how long it took, elapsed
 * @param regrets after 1, 2, ... trials
 */
@SuppressWarnings("ArrayRecordComponent") // runs are never compared
record Run(String problem, String sampler, long seed, double seconds, double[] regrets) {

  Run {
    for (double regret : regrets) {
      if (!Double.isFinite(regret)) {
        throw new IllegalArgumentException(
            sampler + " on " + problem + ": regrets must be finite, got " + regret);
      }
    }
  }

  /** The regret after some trials, at least 1. */
  double after(int trials) {
    return regrets[trials - 1];
  }

  @Override
  public String toString() {
    return problem + "/" + sampler + "/" + seed + Arrays.toString(regrets);
  }
}
