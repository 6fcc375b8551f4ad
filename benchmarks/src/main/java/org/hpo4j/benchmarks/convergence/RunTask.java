package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import org.hpo4j.benchmarks.peers.PeerException;
import org.hpo4j.benchmarks.problems.Problem;

/**
 * A run to be made.
 *
 * @param problem where
 * @param contender by whom
 * @param seed the number of the run
 * @param trials how many
 */
record RunTask(Problem problem, Contender contender, long seed, int trials) {

  /** Makes the run. */
  Run run() throws IOException, PeerException {
    long start = System.nanoTime();
    double[] regrets = contender.run(problem, seed, trials);
    return toRun((System.nanoTime() - start) * 1e-9, regrets);
  }

  Run toRun(double seconds, double[] regrets) {
    return new Run(problem.name(), contender.name(), seed, seconds, regrets);
  }
}
