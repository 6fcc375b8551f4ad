package org.hpo4j.benchmarks.convergence;

import org.hpo4j.benchmarks.peers.PeerException;
import org.hpo4j.benchmarks.problems.Problem;

/**
 * A peer whose library is not installed, but of which there are recorded runs.
 *
 * @param version what it was run with
 */
record RecordedPeer(String name, String version) implements Contender {

  @Override
  public double[] run(Problem problem, long seed, int trials) throws PeerException {
    throw new PeerException(
        name + " is not installed and this run is not recorded; see benchmarks/python/setup.sh");
  }
}
