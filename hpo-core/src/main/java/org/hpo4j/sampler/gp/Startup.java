package org.hpo4j.sampler.gp;

import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/**
 * The trials before the first fit: a Latin hypercube. Of so many consecutive trials each takes
 * another of as many equal shares of every parameter's law (McKay, Beckman and Conover, "A
 * Comparison of Three Methods for Selecting Values of Input Variables", Technometrics 21, 1979).
 */
final class Startup {

  private Startup() {}

  /** The configuration of a startup trial; an independent draw if the constraints refuse it. */
  static Configuration draw(SearchSpace space, SamplerContext context, int trials) {
    Configuration configuration = space.walk(p -> p.domain().fromUnit(unit(p, context, trials)));
    return context.attempt() == 0 && space.satisfies(configuration)
        ? configuration
        : RandomSampler.draw(space, context);
  }

  private static double unit(Parameter<?> parameter, SamplerContext context, int trials) {
    int block = context.trialNumber() / trials;
    UniformRandomProvider shuffle =
        KeyedRandom.of(context.seed(), block, "gp startup " + parameter.name());
    int[] shares = new int[trials];
    for (int i = 0; i < trials; i++) {
      int j = shuffle.nextInt(i + 1);
      shares[i] = shares[j];
      shares[j] = i;
    }
    int share = shares[context.trialNumber() % trials];
    return (share + context.random(parameter).nextDouble()) / trials;
  }
}
