package org.hpo4j.benchmarks.convergence;

import java.util.List;
import org.hpo4j.sampler.QuasiRandomSampler;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.tpe.TpeSampler;

/**
 * A sampler of this library under the name that the tables give it.
 *
 * @param name unique; peers are named after their own library
 * @param sampler the sampler, which may serve several studies at a time
 */
record Contender(String name, Sampler sampler) {

  static final Contender RANDOM = new Contender("hpo4j-random", RandomSampler.ofDefaults());
  static final Contender TPE = new Contender("hpo4j-tpe", TpeSampler.ofDefaults());

  private static final List<Contender> ALL =
      List.of(
          RANDOM,
          new Contender("hpo4j-quasirandom", QuasiRandomSampler.ofDefaults()),
          TPE,
          new Contender("hpo4j-gp", GpSampler.ofDefaults()),
          new Contender("hpo4j-tpe-univariate", TpeSampler.builder().multivariate(false).build()));

  static List<Contender> all() {
    return ALL;
  }

  /**
   * The contender of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Contender named(String name) {
    return ALL.stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no sampler '"
                        + name
                        + "'; there are "
                        + ALL.stream().map(Contender::name).toList()));
  }
}
