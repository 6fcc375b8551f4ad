package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import org.hpo4j.benchmarks.peers.PeerException;
import org.hpo4j.benchmarks.peers.PeerPool;
import org.hpo4j.benchmarks.peers.PeerProcess.Answer;
import org.hpo4j.benchmarks.peers.PeerStudy;
import org.hpo4j.benchmarks.problems.Problem;

/**
 * A sampler of a Python library.
 *
 * @param name of the sampler in the pool
 * @param pool runs it
 */
record PeerContender(String name, PeerPool pool) implements Contender {

  @Override
  public String version() {
    return pool.version(name);
  }

  @Override
  public double[] run(Problem problem, long seed, int trials) throws IOException, PeerException {
    RegretCurve curve = new RegretCurve(problem, seed, trials);
    long own = StudySeed.of(problem, name, seed);
    pool.run(
        new PeerStudy(name, problem.space(), own, trials, 0),
        (trial, values, epoch) -> {
          double value = curve.observe(trial, problem.space().configurationOf(values));
          return new Answer(value, trial == trials - 1);
        });
    if (curve.count() < trials) {
      throw new PeerException(name + ": ended after " + curve.count() + " trials");
    }
    return curve.regrets();
  }
}
