package org.hpo4j.sampler;

import java.util.Map;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/**
 * Random search: every value is an independent draw from its domain's law. It looks at no other
 * trial, not even at failed ones: that makes it the baseline. {@link QuasiRandomSampler} covers the
 * space as well and avoids where trials fail.
 */
public final class RandomSampler implements Sampler {

  /**
   * How many configurations are drawn before constraints count as unsatisfiable. A region of
   * 1/1,000 of the space is missed with a probability of 10^-43.
   */
  static final int MOST_ATTEMPTS = 100_000;

  private static final Explanation WHY = Explanation.of("random", "an independent draw");

  private RandomSampler() {}

  /** Random search; it has no settings. */
  public static RandomSampler ofDefaults() {
    return new RandomSampler();
  }

  @Override
  public boolean usesHistory() {
    return false;
  }

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    return Suggestion.of(
        context.space().map(space -> draw(space, context)).orElse(Configuration.empty()), WHY);
  }

  /** The code of an independent draw, keyed by the parameter's name. */
  static double draw(Parameter<?> parameter, SamplerContext context) {
    return parameter.domain().fromUnit(context.random(parameter).nextDouble());
  }

  /**
   * A draw from the space given its constraints, by rejection.
   *
   * @throws IllegalStateException if no draw of {@value #MOST_ATTEMPTS} satisfies them
   */
  public static Configuration draw(SearchSpace space, SamplerContext context) {
    Configuration configuration = space.walk(parameter -> draw(parameter, context));
    if (space.satisfies(configuration)) {
      return configuration;
    }
    var random = context.random("constrained draw");
    for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      configuration = space.walk(parameter -> parameter.domain().fromUnit(random.nextDouble()));
      if (space.satisfies(configuration)) {
        return configuration;
      }
    }
    throw new IllegalStateException(
        "the constraints "
            + space.constraints()
            + " are satisfied by none of "
            + MOST_ATTEMPTS
            + " random configurations; the last one, "
            + configuration
            + ", violates '"
            + space.violated(configuration).orElseThrow()
            + "'");
  }

  @Override
  public String describe() {
    return "random()";
  }

  /** Makes this sampler by the name {@code random}. */
  public static final class Provider implements SamplerProvider {

    @Override
    public String name() {
      return "random";
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      new SamplerSettings("random").apply(settings);
      return ofDefaults();
    }
  }
}
