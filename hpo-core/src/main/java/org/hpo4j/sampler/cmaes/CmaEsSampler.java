package org.hpo4j.sampler.cmaes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.SamplerProvider;
import org.hpo4j.sampler.SamplerSettings;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.structure.FailureAvoidance;
import org.hpo4j.sampler.structure.LikelySuccess;
import org.hpo4j.sampler.structure.ModelPool;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/**
 * The covariance matrix adaptation evolution strategy (CMA-ES) of Hansen and Ostermeier, as in
 * Hansen, "The CMA Evolution Strategy: A Tutorial" (2016, arXiv:1604.00772), with negative weights.
 *
 * <p>The idea: draw a population of trials from a normal distribution, move its mean towards the
 * better ones, and learn from the steps that were good how long the next ones shall be and in which
 * directions. Only the order of the values counts, so the objective may be scaled in any way. It
 * learns dependences between parameters and narrows down as far as the budget allows, where models
 * of the objective become slow: a suggestion takes time quadratic in the parameters, beside one
 * pass over the history.
 *
 * <p>What is done here:
 *
 * <ul>
 *   <li><em>Start</em>: around the parameters' defaults, without random trials.
 *   <li><em>Bounds</em>: a draw beyond a bound is made once more and then moved onto it.
 *   <li><em>Integers, steps and ordinals</em> keep a margin, so that neighbouring values stay
 *       possible (Hamano et al. 2022).
 *   <li><em>Choices</em> have a probability for each option, which the same weights adapt (after
 *       CatCMA, Hamano et al. 2024).
 *   <li><em>Conditional spaces</em> are drawn as one vector; what is inactive teaches nothing.
 *   <li><em>Restarts</em>: a run that has converged is followed by one from a random point with a
 *       larger population (IPOP; Auger and Hansen 2005).
 *   <li><em>Trials from elsewhere</em>, enqueued, imported or drawn before the last update, count
 *       as injected solutions (Hansen 2011). Running trials need no care: draws of one population
 *       do not depend on each other.
 *   <li><em>Constraints on outcomes</em>: less violation ranks before better values.
 *   <li><em>Pruned trials</em> rank after all complete ones: by how far they came, then by their
 *       last report.
 *   <li><em>Failed trials</em> rank last and only repel: left out, they would be drawn again and
 *       again. And they teach where trials succeed: a draw is accepted with the probability of its
 *       success, and otherwise made again, at most seven times.
 * </ul>
 *
 * <p>Immutable; one sampler may serve several studies, also at the same time.
 */
public final class CmaEsSampler implements Sampler {

  /** How often constraints may refuse a draw. */
  private static final int MOST_DRAWS = 1000;

  /** The same for a draw in place of one that is likely to fail. */
  private static final int MOST_REDRAWS = 100;

  /** How many answers may repeat earlier trials before the search widens to the whole space. */
  private static final int MOST_ATTEMPTS = 8;

  private final CmaEsSettings settings;
  private final ModelPool<Replay> replays = new ModelPool<>(16);
  private final FailureAvoidance avoidance = new FailureAvoidance();

  private CmaEsSampler(CmaEsSettings settings) {
    this.settings = settings;
  }

  /** CMA-ES with the defaults that {@link Builder} lists. */
  public static CmaEsSampler ofDefaults() {
    return new CmaEsSampler(CmaEsSettings.DEFAULTS);
  }

  /** Settings that start at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the study has several objectives
   */
  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    if (history.objectiveCount() != 1) {
      throw new IllegalArgumentException(
          "cmaEs needs a study with one objective, got " + history.objectiveCount());
    }
    if (context.attempt() > MOST_ATTEMPTS) {
      return anywhere(context, "all draws repeat earlier trials");
    }
    Structure structure =
        context.space().map(Structure::of).orElseGet(() -> Structure.learned(history));
    Run run = follow(structure, history, context.seed());
    Optional<Configuration> first = draw(run, structure, Replay.random(context, 0), MOST_DRAWS);
    if (first.isEmpty()) {
      return anywhere(context, "the constraints refused " + MOST_DRAWS + " draws");
    }
    LikelySuccess likely =
        avoidance.draw(
            history,
            structure.parameters(),
            first.get(),
            k -> draw(run, structure, Replay.random(context, k), MOST_REDRAWS),
            () -> context.random("cma-es success"));
    return Suggestion.of(likely.configuration(), likely.explained(explain(run)));
  }

  /** A draw; empty if the constraints refuse so many. */
  private static Optional<Configuration> draw(
      Run run, Structure structure, UniformRandomProvider random, int most) {
    double[] codes = new double[structure.parameters().size()];
    for (int draw = 0; draw < most; draw++) {
      structure.walk(run.distribution().draw(random)::code, codes);
      if (structure.allows(codes)) {
        return Optional.of(structure.configuration(codes));
      }
    }
    return Optional.empty();
  }

  private Run follow(Structure structure, TrialHistory history, long seed) {
    List<Parameter<?>> parameters = structure.parameters();
    Replay replay =
        replays.borrow(
            kept -> kept.isOf(parameters, seed), () -> new Replay(parameters, settings, seed));
    try {
      return replay.follow(history);
    } finally {
      replays.giveBack(replay);
    }
  }

  private static Explanation explain(Run run) {
    return Explanation.of("cmaEs", "a draw from the distribution of its generation")
        .withScore("generation", run.generation())
        .withScore("population", run.strategy().lambda)
        .withScore("sigma", run.distribution().sigma());
  }

  private static Suggestion anywhere(SamplerContext context, String why) {
    Optional<Configuration> drawn = context.space().map(s -> RandomSampler.draw(s, context));
    return Suggestion.of(
        drawn.orElseGet(Configuration::empty),
        Explanation.of("cmaEs", "a random draw").withFallback(why));
  }

  @Override
  public String describe() {
    return settings.toString();
  }

  /** Settings of a {@link CmaEsSampler}; each method checks its argument and returns this. */
  public static final class Builder {

    private CmaEsSettings settings = CmaEsSettings.DEFAULTS;

    private Builder() {}

    /**
     * How many trials make a generation of the first run. More search more widely and converge more
     * slowly; some hundreds of trials are used best with few. At least 4; 4 + floor(ln d) for d
     * parameters unless set.
     */
    public Builder populationSize(int size) {
      settings =
          new CmaEsSettings(OptionalInt.of(size), settings.sigma(), settings.populationGrowth());
      return this;
    }

    /**
     * The standard deviation of the first draws around the defaults, as a share of each parameter's
     * range on its own scale. In (0, 1]; 0.15 unless set.
     */
    public Builder sigma(double share) {
      settings = new CmaEsSettings(settings.populationSize(), share, settings.populationGrowth());
      return this;
    }

    /** By what factor each restart enlarges the population. At least 1; 2 unless set. */
    public Builder populationGrowth(int factor) {
      settings = new CmaEsSettings(settings.populationSize(), settings.sigma(), factor);
      return this;
    }

    /** The sampler. */
    public CmaEsSampler build() {
      return new CmaEsSampler(settings);
    }
  }

  /** Makes this sampler by the name {@code cma-es}. */
  public static final class Provider implements SamplerProvider {

    @Override
    public String name() {
      return "cma-es";
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      Builder builder = builder();
      new SamplerSettings("cma-es")
          .integer("populationSize", builder::populationSize)
          .real("sigma", builder::sigma)
          .integer("populationGrowth", builder::populationGrowth)
          .apply(settings);
      return builder.build();
    }
  }
}
