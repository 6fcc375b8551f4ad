package org.hpo4j.benchmarks.convergence;

/**
 * One measurement: how far a run was from the minimum after some trials.
 *
 * @param problem the problem's name
 * @param sampler the sampler's name
 * @param seed the number of the run
 * @param trials how many trials had ended, at least 1
 * @param regret value without noise of the incumbent, less the minimum. The incumbent is the trial
 *     with the lowest observed value so far, the first of equals.
 */
record Regret(String problem, String sampler, long seed, int trials, double regret) {

  Regret {
    if (trials < 1) {
      throw new IllegalArgumentException("trials must be at least 1, got " + trials);
    }
    if (!Double.isFinite(regret)) {
      throw new IllegalArgumentException(
          sampler + " on " + problem + ": the regret must be finite, got " + regret);
    }
  }
}
