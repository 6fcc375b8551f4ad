package org.hpo4j.sampler.gp;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.sampler.SamplerContext;
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
 * @param configuration the draw
 * @param refused how many others were refused before
 */
record LikelySuccess(Configuration configuration, int refused) {

  /** How many draws there are at most. */
  static final int MOST_DRAWS = 8;

  /**
   * Draws until a draw is accepted.
   *
   * @param draws a draw by its number, from 0 to {@value #MOST_DRAWS} - 1; empty if the constraints
   *     refuse it
   * @param logProbability the natural logarithm of P
   * @param random what decides
   * @return empty if the constraints refuse all draws
   */
  static Optional<LikelySuccess> draw(
      IntFunction<Optional<Configuration>> draws,
      ToDoubleFunction<Configuration> logProbability,
      UniformRandomProvider random) {
    Optional<Configuration> likeliest = Optional.empty();
    double highest = Double.NEGATIVE_INFINITY;
    int refused = 0;
    for (int number = 0; number < MOST_DRAWS; number++) {
      Optional<Configuration> drawn = draws.apply(number);
      if (drawn.isEmpty()) {
        continue;
      }
      double log = logProbability.applyAsDouble(drawn.get());
      if (random.nextDouble() < Math.exp(log)) {
        return Optional.of(new LikelySuccess(drawn.get(), refused));
      }
      refused++;
      if (log > highest) {
        highest = log;
        likeliest = drawn;
      }
    }
    int others = refused - 1;
    return likeliest.map(configuration -> new LikelySuccess(configuration, others));
  }

  /** An independent draw of a number, keyed by the purpose; empty if the constraints refuse it. */
  static Optional<Configuration> independent(
      SearchSpace space, SamplerContext context, String purpose, int number) {
    UniformRandomProvider random = context.random(purpose + " " + number);
    return Optional.of(space.walk(p -> p.domain().fromUnit(random.nextDouble())))
        .filter(space::satisfies);
  }

  /** What to say of a draw that others were refused for. */
  Explanation explained(Explanation why) {
    if (refused == 0) {
      return why;
    }
    String reason = why.reason() + ", after " + refused + " that were likely to fail";
    return new Explanation(why.sampler(), reason, why.scores(), why.running(), why.fallback());
  }
}
