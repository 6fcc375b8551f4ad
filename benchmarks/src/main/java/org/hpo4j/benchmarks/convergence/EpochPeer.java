package org.hpo4j.benchmarks.convergence;

import java.io.IOException;
import org.hpo4j.benchmarks.lcbench.LcBench;
import org.hpo4j.benchmarks.lcbench.LcBenchTask;
import org.hpo4j.benchmarks.peers.PeerException;
import org.hpo4j.benchmarks.peers.PeerPool;
import org.hpo4j.benchmarks.peers.PeerProcess.Answer;
import org.hpo4j.benchmarks.peers.PeerStudy;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.space.Configuration;

/**
 * A sampler of a Python library that pays by the epoch. One that reports after every epoch may stop
 * a training; one that asks for a value at once trains to the end.
 *
 * @param name of the sampler in the pool
 * @param pool runs it
 * @param tasks the trainings
 */
record EpochPeer(String name, PeerPool pool, EpochTasks tasks) implements Contender {

  @Override
  public String version() {
    return pool.version(name);
  }

  @Override
  public double[] run(Problem problem, long seed, int epochs) throws IOException, PeerException {
    LcBenchTask task = tasks.of(problem);
    EpochLedger ledger = EpochLedger.of(task, epochs);
    long own = StudySeed.of(problem, name, seed);
    int trials = (epochs + LcBench.EPOCHS - 1) / LcBench.EPOCHS;
    pool.run(
        new PeerStudy(name, problem.space(), own, trials, LcBench.EPOCHS),
        (trial, values, epoch) -> {
          Configuration configuration = problem.space().configurationOf(values);
          double error =
              epoch == 0
                  ? ledger.payAll(trial, configuration)
                  : ledger.pay(trial, configuration, epoch);
          return new Answer(error, ledger.isUsedUp());
        });
    if (!ledger.isUsedUp()) {
      throw new PeerException(name + ": ended before the budget");
    }
    return ledger.regrets();
  }
}
