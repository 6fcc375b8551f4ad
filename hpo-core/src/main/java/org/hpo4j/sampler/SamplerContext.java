package org.hpo4j.sampler;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.KeyedRandom;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/**
 * What a sampler is told besides the history.
 *
 * @param seed the study's seed
 * @param trialNumber the number of the trial that is asked for
 * @param space the declared search space; empty in a define-by-run study
 */
public record SamplerContext(long seed, int trialNumber, Optional<SearchSpace> space) {

  /** Random numbers keyed by the seed, the trial and the purpose; equal at every call. */
  public UniformRandomProvider random(String purpose) {
    return KeyedRandom.of(seed, trialNumber, purpose);
  }

  /** Random numbers for an independent draw of a parameter. */
  public UniformRandomProvider random(Parameter<?> parameter) {
    return random("parameter " + parameter.name());
  }

  /** Random numbers for the user's own training; no purpose of a sampler's collides with theirs. */
  public RandomGenerator userRandom(String purpose) {
    return random("user " + purpose)::nextLong;
  }
}
