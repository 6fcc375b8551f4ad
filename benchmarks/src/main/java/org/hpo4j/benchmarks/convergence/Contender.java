package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import org.hpo4j.benchmarks.peers.PeerException;
import org.hpo4j.benchmarks.problems.Problem;

/** A sampler under the name that the tables give it: this library's or a peer's. */
interface Contender {

  /** Unique; begins with the library. */
  String name();

  /** What the runs depend on beside name, problem and seed: the versions of the code. */
  String version();

  /** Whether it is one of the samplers that those of this library are compared with. */
  default boolean isPeer() {
    return true;
  }

  /**
   * Runs the sampler on a problem.
   *
   * @param seed the number of the run
   * @param trials how many
   * @return the regret after 1, 2, ... trials
   * @throws PeerException if a peer's library fails
   */
  double[] run(Problem problem, long seed, int trials) throws IOException, PeerException;
}
