package org.hpo4j.benchmarks.convergence;

import java.util.List;
import org.hpo4j.benchmarks.Environment;
import org.hpo4j.benchmarks.problems.Problem;
import org.hpo4j.sampler.QuasiRandomSampler;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.auto.AutoSampler;
import org.hpo4j.sampler.cmaes.CmaEsSampler;
import org.hpo4j.sampler.gp.GpSampler;
import org.hpo4j.sampler.nsga.NsgaSampler;
import org.hpo4j.sampler.tpe.TpeSampler;
import org.hpo4j.study.RunOptions;
import org.hpo4j.study.Study;

/**
 * A sampler of this library.
 *
 * @param name unique; peers are named after their own library
 * @param sampler the sampler, which may serve several studies at a time
 */
record OwnContender(String name, Sampler sampler) implements Contender {

  static final OwnContender RANDOM = new OwnContender("hpo4j-random", RandomSampler.ofDefaults());
  static final OwnContender TPE = new OwnContender("hpo4j-tpe", TpeSampler.ofDefaults());

  private static final List<OwnContender> ALL =
      List.of(
          RANDOM,
          new OwnContender("hpo4j-quasirandom", QuasiRandomSampler.ofDefaults()),
          TPE,
          new OwnContender("hpo4j-gp", GpSampler.ofDefaults()),
          new OwnContender("hpo4j-cmaes", CmaEsSampler.ofDefaults()),
          new OwnContender("hpo4j-nsga", NsgaSampler.ofDefaults()),
          new OwnContender("hpo4j-default", AutoSampler.ofDefaults()),
          new OwnContender(
              "hpo4j-tpe-univariate", TpeSampler.builder().multivariate(false).build()));

  static List<String> names() {
    return ALL.stream().map(OwnContender::name).toList();
  }

  /**
   * The contender of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static OwnContender named(String name) {
    return ALL.stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no sampler '" + name + "'; there are " + names()));
  }

  @Override
  public String version() {
    return Environment.codeVersion();
  }

  @Override
  public boolean isPeer() {
    return false;
  }

  @Override
  public double[] run(Problem problem, long seed, int trials) {
    RegretCurve curve = new RegretCurve(problem, seed, trials);
    study(problem, seed)
        .optimize(
            trial -> curve.observe(trial.number(), trial.configuration()),
            RunOptions.trials(trials));
    return curve.regrets();
  }

  /**
   * A study whose seed depends on all three, so that runs are independent: with one seed for all,
   * two problems would get the same draws of "x0", and two samplers the same startup trials. It
   * does not try the defaults, which lie near the minimum of some problems.
   */
  private Study study(Problem problem, long seed) {
    return Study.named(problem.name() + "/" + name)
        .minimize("value")
        .space(problem.space())
        .sampler(sampler)
        .defaultsFirst(false)
        .seed(StudySeed.of(problem, name, seed))
        .create();
  }
}
