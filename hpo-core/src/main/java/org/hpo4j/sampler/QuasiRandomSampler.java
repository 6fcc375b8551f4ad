package org.hpo4j.sampler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.OwenScramble;
import org.hpo4j.sampler.structure.FailureAvoidance;
import org.hpo4j.sampler.structure.LikelySuccess;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/**
 * Quasi-random search: trial n is point n of a Sobol sequence, which fills the space more evenly
 * than independent draws do. The sequence is scrambled at random, by the study's seed, so that each
 * point is uniform while all together stay as even ({@link OwenScramble}).
 *
 * <p>Source of the direction numbers, which Commons Math carries: Joe and Kuo, "Constructing Sobol
 * sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008).
 *
 * <p>Failed trials teach where trials succeed: a point is accepted with the probability of its
 * success, and otherwise replaced by an independent draw, at most seven times. The points that are
 * accepted are those of the sequence.
 *
 * <p>In a define-by-run study the dimensions are the parameters that all complete and pruned trials
 * have; the others are independent draws.
 */
public final class QuasiRandomSampler implements Sampler {

  /** The dimensions for which Commons Math has direction numbers; further ones are random. */
  private static final int MOST_DIMENSIONS = 1000;

  private static final double SCALE = 1L << OwenScramble.DIGITS;

  private static final String NAME = "quasi-random";

  private static final Explanation WHY = Explanation.of(NAME, "the next point of a Sobol sequence");

  private static final Explanation PARTLY =
      WHY.withFallback("independent draws of the parameters after the first " + MOST_DIMENSIONS);

  private static final Explanation REFUSED =
      Explanation.of(NAME, "a random draw")
          .withFallback("the constraints refused the point of the Sobol sequence");

  private static final Explanation REPEATED =
      Explanation.of(NAME, "a random draw").withFallback("the point repeats an earlier trial");

  private static final Explanation AGAIN =
      Explanation.of(NAME, "a random draw in place of the point of the Sobol sequence");

  private static final Explanation UNKNOWN = Explanation.of(NAME, "no parameter is known yet");

  /** Kept, since reading its direction numbers takes far longer than a point. */
  private SobolSequenceGenerator sequence = new SobolSequenceGenerator(1);

  private int sequenceDimensions = 1;

  private final FailureAvoidance avoidance = new FailureAvoidance();

  private QuasiRandomSampler() {}

  /** Quasi-random search; it has no settings. */
  public static QuasiRandomSampler ofDefaults() {
    return new QuasiRandomSampler();
  }

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    if (context.space().isPresent()) {
      return declared(context.space().get(), history, context);
    }
    return context.attempt() == 0
        ? learned(history, context)
        : RandomSampler.ofDefaults().suggest(history, context);
  }

  private Suggestion declared(SearchSpace space, TrialHistory history, SamplerContext context) {
    Suggestion.Values first =
        context.attempt() == 0
            ? declared(space, context)
            : Suggestion.of(RandomSampler.draw(space, context), REPEATED);
    LikelySuccess likely =
        avoidance.draw(
            history,
            space.parameters(),
            first.configuration(),
            k -> LikelySuccess.independent(space, redraw(context, k)),
            () -> context.random("quasi-random success"));
    return explained(likely, first);
  }

  private Suggestion.Values declared(SearchSpace space, SamplerContext context) {
    List<Parameter<?>> dimensions = space.parameters();
    double[] point = point(dimensions, context);
    Configuration configuration =
        space.walk(p -> p.domain().fromUnit(point[dimensions.indexOf(p)]));
    return space.satisfies(configuration)
        ? Suggestion.of(configuration, why(dimensions))
        : Suggestion.of(RandomSampler.draw(space, context), REFUSED);
  }

  private static UniformRandomProvider redraw(SamplerContext context, int number) {
    return context.random("quasi-random redraw " + number);
  }

  private static Suggestion.Values explained(LikelySuccess likely, Suggestion.Values first) {
    Configuration taken = likely.configuration();
    boolean isFirst = taken.equals(first.configuration());
    return Suggestion.of(taken, likely.explained(isFirst ? first.why() : AGAIN));
  }

  private static Explanation why(List<Parameter<?>> dimensions) {
    return dimensions.size() <= MOST_DIMENSIONS ? WHY : PARTLY;
  }

  private Suggestion learned(TrialHistory history, SamplerContext context) {
    List<Parameter<?>> dimensions = new ArrayList<>();
    int ranked = history.rankedCount();
    for (int column : history.columns()) {
      if (ranked > 0 && history.rankedWith(column) == ranked) {
        dimensions.add(history.parameter(column));
      }
    }
    if (dimensions.isEmpty()) {
      return Suggestion.of(Configuration.empty(), UNKNOWN);
    }
    double[] point = point(dimensions, context);
    Suggestion.Values first =
        Suggestion.of(configuration(dimensions, i -> point[i]), why(dimensions));
    LikelySuccess likely =
        avoidance.draw(
            history,
            dimensions,
            first.configuration(),
            k -> {
              UniformRandomProvider random = redraw(context, k);
              return Optional.of(configuration(dimensions, i -> random.nextDouble()));
            },
            () -> context.random("quasi-random success"));
    return explained(likely, first);
  }

  private static Configuration configuration(
      List<Parameter<?>> dimensions, IntToDoubleFunction place) {
    Configuration.Builder builder = Configuration.builder();
    for (int i = 0; i < dimensions.size(); i++) {
      builder.put(dimensions.get(i), dimensions.get(i).domain().fromUnit(place.applyAsDouble(i)));
    }
    return builder.build();
  }

  private double[] point(List<Parameter<?>> dimensions, SamplerContext context) {
    int sobol = Math.min(dimensions.size(), MOST_DIMENSIONS);
    double[] point = new double[dimensions.size()];
    if (sobol > 0) {
      System.arraycopy(regularPoint(sobol, context.trialNumber()), 0, point, 0, sobol);
    }
    for (int i = 0; i < point.length; i++) {
      String purpose = "sobol scramble " + dimensions.get(i).name();
      if (i < sobol) {
        long seed =
            new SamplerContext(context.seed(), 0, context.space()).random(purpose).nextLong();
        long digits = OwenScramble.scramble((long) (point[i] * SCALE), seed);
        point[i] = (digits + 0.5) / SCALE;
      } else {
        point[i] = context.random(purpose).nextDouble();
      }
    }
    return point;
  }

  /** A point of the sequence by its number alone. One sampler may serve several studies at once. */
  private synchronized double[] regularPoint(int dimensions, int number) {
    if (dimensions != sequenceDimensions) {
      sequence = new SobolSequenceGenerator(dimensions);
      sequenceDimensions = dimensions;
    }
    return sequence.skipTo(number);
  }

  @Override
  public boolean triesDefaultsFirst() {
    return false;
  }

  @Override
  public String describe() {
    return "quasiRandom()";
  }

  /** Makes this sampler by the name {@code quasi-random}. */
  public static final class Provider implements SamplerProvider {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      new SamplerSettings(NAME).apply(settings);
      return ofDefaults();
    }
  }
}
