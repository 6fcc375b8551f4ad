package org.hpo4j.sampler.structure;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;

/**
 * A draw that was accepted with its probability of success.
 *
 * <p>A sampler that draws from a law L, and accepts a draw x with probability P(x), draws from a
 * law proportional to L(x) P(x): where nothing is known of failures, or they strike anywhere alike,
 * that is L again. After {@value #MOST_DRAWS} refusals the likeliest of the draws is taken.
 *
 * <p>Public for the samplers of this library, which share it; not for users.
 *
 * @param configuration the draw
 * @param refused how many others were refused before
 */
public record LikelySuccess(Configuration configuration, int refused) {

  /** How many draws there are at most. */
  public static final int MOST_DRAWS = 8;

  /** How often constraints may refuse an independent draw. */
  private static final int MOST_ATTEMPTS = 100;

  /**
   * Draws until a draw is accepted.
   *
   * @param first the draw of number 0
   * @param others a further draw by its number, from 1 to {@value #MOST_DRAWS} - 1; empty if
   *     constraints refuse it, and then there are no more
   * @param logProbability the natural logarithm of P
   * @param random what decides
   */
  public static LikelySuccess draw(
      Configuration first,
      IntFunction<Optional<Configuration>> others,
      ToDoubleFunction<Configuration> logProbability,
      UniformRandomProvider random) {
    Configuration likeliest = first;
    double highest = Double.NEGATIVE_INFINITY;
    Optional<Configuration> drawn = Optional.of(first);
    int number = 0;
    while (drawn.isPresent()) {
      Configuration configuration = drawn.get();
      double log = logProbability.applyAsDouble(configuration);
      if (random.nextDouble() < Math.exp(log)) {
        return new LikelySuccess(configuration, number);
      }
      if (log > highest) {
        highest = log;
        likeliest = configuration;
      }
      number++;
      drawn = number < MOST_DRAWS ? others.apply(number) : Optional.empty();
    }
    return new LikelySuccess(likeliest, number - 1);
  }

  /** A draw from the space's law; empty if the constraints refuse all attempts. */
  public static Optional<Configuration> independent(
      SearchSpace space, UniformRandomProvider random) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Configuration drawn = space.walk(p -> p.domain().fromUnit(random.nextDouble()));
      if (space.satisfies(drawn)) {
        return Optional.of(drawn);
      }
    }
    return Optional.empty();
  }

  /** What to say of a draw that others were refused for. */
  public Explanation explained(Explanation why) {
    if (refused == 0) {
      return why;
    }
    String reason = why.reason() + ", after " + refused + " that were likely to fail";
    return new Explanation(why.sampler(), reason, why.scores(), why.running(), why.fallback());
  }
}
