package org.hpo4j.sampler;

import java.util.Optional;
import java.util.OptionalInt;
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
 * @param attempt how many answers for this trial were refused because they repeat another trial
 * @param budget how many trials the run aims at in all; empty if that is open
 * @param choice the last {@linkplain Suggestion.Values#choice choice} that was recorded
 * @param training how far the trial will be trained, if a scheduler decides that
 */
public record SamplerContext(
    long seed,
    int trialNumber,
    Optional<SearchSpace> space,
    int attempt,
    OptionalInt budget,
    Optional<String> choice,
    Optional<Training> training) {

  private static final KeyedRandom.Prefix PARAMETER = KeyedRandom.Prefix.of("parameter ");

  /** The first attempt, with an open budget and nothing recorded. */
  public SamplerContext(long seed, int trialNumber, Optional<SearchSpace> space) {
    this(seed, trialNumber, space, 0, OptionalInt.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with a budget and a recorded choice. */
  public SamplerContext with(OptionalInt trials, Optional<String> recorded) {
    return new SamplerContext(seed, trialNumber, space, attempt, trials, recorded, training);
  }

  /** The same for a later attempt; its random numbers are others. */
  public SamplerContext withAttempt(int number) {
    return new SamplerContext(seed, trialNumber, space, number, budget, choice, training);
  }

  /** The same for a sampler within a scheduler. */
  public SamplerContext within(Training scheduled) {
    return new SamplerContext(
        seed, trialNumber, space, attempt, budget, choice, Optional.of(scheduled));
  }

  /** Random numbers keyed by the seed, the trial, the attempt and the purpose. */
  public UniformRandomProvider random(String purpose) {
    return KeyedRandom.of(
        seed, trialNumber, attempt == 0 ? purpose : "attempt " + attempt + " " + purpose);
  }

  /** Random numbers for an independent draw of a parameter. */
  public UniformRandomProvider random(Parameter<?> parameter) {
    return attempt == 0
        ? KeyedRandom.of(seed, trialNumber, PARAMETER, parameter.name())
        : random("parameter " + parameter.name());
  }

  /** Random numbers for the user's own training; no purpose of a sampler's collides with theirs. */
  public RandomGenerator userRandom(String purpose) {
    return KeyedRandom.of(seed, trialNumber, "user " + purpose)::nextLong;
  }
}
