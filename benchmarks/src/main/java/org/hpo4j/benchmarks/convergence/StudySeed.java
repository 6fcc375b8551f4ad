package org.hpo4j.benchmarks.convergence;

import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.math.KeyedRandom;

/** The seed of a study, so that runs of different problems, samplers and seeds are independent. */
final class StudySeed {

  private StudySeed() {}

  static long of(Problem problem, String sampler, long seed) {
    return KeyedRandom.of(seed, 0, problem.name() + "/" + sampler).nextLong();
  }
}
