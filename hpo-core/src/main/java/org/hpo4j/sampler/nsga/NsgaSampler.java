package org.hpo4j.sampler.nsga;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/**
 * The non-dominated sorting genetic algorithm NSGA-II of Deb, Pratap, Agarwal and Meyarivan, "A
 * fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Transactions on Evolutionary
 * Computation 6(2), 2002. It approaches the whole Pareto front of several objectives, and works
 * with one too.
 *
 * <p>The idea: of all trials so far the best become parents, those of the Pareto front first and of
 * a front those in its less crowded places. A new trial mixes the values of two parents and changes
 * a few of them.
 *
 * <p>What is done here:
 *
 * <ul>
 *   <li><em>Generations</em>: as many ended trials as the population has. The trials of the first
 *       one are random. All trials of a generation have the same parents, so running ones change
 *       nothing.
 *   <li><em>Crossover</em>: simulated binary for what has an order, either parent's option for a
 *       choice. <em>Mutation</em>: polynomial, or any option.
 *   <li><em>Conditional spaces</em>: the child's own choices decide what it needs. What one parent
 *       has only comes from that one, what none has from the parameter's domain.
 *   <li><em>Repeated configurations</em>, of ended or running trials, are mutated on.
 *   <li><em>Constraints on outcomes</em>: less violation comes first.
 *   <li><em>Pruned trials</em> come after all complete ones; <em>failed trials</em> are no parents.
 *       They teach where trials succeed: a child, or a random trial, is accepted with the
 *       probability of its success, and otherwise replaced, at most seven times.
 * </ul>
 *
 * <p>Immutable; one sampler may serve several studies, also at the same time.
 */
public final class NsgaSampler implements Sampler {

  private final NsgaSettings settings;
  private final ModelPool<NsgaModel> models = new ModelPool<>(16);
  private final FailureAvoidance avoidance = new FailureAvoidance();

  private NsgaSampler(NsgaSettings settings) {
    this.settings = settings;
  }

  /** NSGA-II with the defaults that {@link Builder} lists. */
  public static NsgaSampler ofDefaults() {
    return new NsgaSampler(NsgaSettings.DEFAULTS);
  }

  /** Settings that start at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    NsgaModel model =
        models.borrow(
            kept -> kept.isOf(history), () -> new NsgaModel(history, settings.populationSize()));
    try {
      return suggest(model, history, context);
    } finally {
      models.giveBack(model);
    }
  }

  private Suggestion suggest(NsgaModel model, TrialHistory history, SamplerContext context) {
    int size = settings.populationSize();
    int generation = ended(history) / size;
    Population parents = model.archive.select(history, generation * size);
    if (parents.size() == 0) {
      return atRandom(
          history, context, Explanation.of("nsga2", "a random trial: there are no parents yet"));
    }
    Structure structure =
        context.space().map(Structure::of).orElseGet(() -> Structure.learned(history));
    Explanation why =
        Explanation.of("nsga2", "a child of two of the best trials")
            .withScore("generation", generation);
    Brood brood = new Brood(settings, structure, history, parents, model.known);
    UniformRandomProvider random = context.random("nsga2");
    Optional<Configuration> first = brood.child(random).map(structure::configuration);
    if (first.isEmpty()) {
      String fallback = "a random trial: constraints or repeats refused all";
      return atRandom(history, context, why.withFallback(fallback));
    }
    LikelySuccess likely =
        avoidance.draw(
            history,
            structure.parameters(),
            first.get(),
            k -> brood.child(random).map(structure::configuration),
            () -> context.random("nsga2 success"));
    return Suggestion.of(likely.configuration(), likely.explained(why));
  }

  private static int ended(TrialHistory history) {
    int ended = history.settledCount();
    for (int trial = ended; trial < history.size(); trial++) {
      ended += history.state(trial).isFinished() ? 1 : 0;
    }
    return ended;
  }

  private Suggestion.Values atRandom(
      TrialHistory history, SamplerContext context, Explanation why) {
    if (context.space().isEmpty()) {
      return Suggestion.of(Configuration.empty(), why);
    }
    SearchSpace space = context.space().get();
    LikelySuccess likely =
        avoidance.draw(
            history,
            space.parameters(),
            RandomSampler.draw(space, context),
            k -> LikelySuccess.independent(space, context.random("nsga2 redraw " + k)),
            () -> context.random("nsga2 success"));
    return Suggestion.of(likely.configuration(), likely.explained(why));
  }

  @Override
  public String describe() {
    return settings.toString();
  }

  /** Settings of an {@link NsgaSampler}; each method checks its arguments and returns this. */
  public static final class Builder {

    private NsgaSettings settings = NsgaSettings.DEFAULTS;

    private Builder() {}

    /**
     * How many ended trials make a generation, and how many parents it has. A large one covers a
     * wide front, a small one approaches it faster, which is what some hundreds of trials are best
     * used for: Deb's 100 need some tens of thousands. At least 2; 20 unless set.
     */
    public Builder populationSize(int size) {
      settings = settings.withPopulationSize(size);
      return this;
    }

    /**
     * How children mix their parents' values.
     *
     * @param probability that a child has two parents, in [0, 1]; 0.9 unless set
     * @param index the distribution index of the simulated binary crossover, at least 0: the
     *     larger, the closer to a parent; 5 unless set
     */
    public Builder crossover(double probability, double index) {
      settings = settings.withCrossover(probability, index);
      return this;
    }

    /**
     * How children differ from their parents.
     *
     * @param probability that a value is changed, in [0, 1]; one value a child on average unless
     *     set
     * @param index the distribution index of the polynomial mutation, at least 0: the larger, the
     *     smaller the change; 5 unless set
     */
    public Builder mutation(double probability, double index) {
      settings = settings.withMutation(OptionalDouble.of(probability), index);
      return this;
    }

    private void crossoverProbability(double probability) {
      crossover(probability, settings.crossoverIndex());
    }

    private void crossoverIndex(double index) {
      crossover(settings.crossoverProbability(), index);
    }

    private void mutationProbability(double probability) {
      mutation(probability, settings.mutationIndex());
    }

    private void mutationIndex(double index) {
      settings = settings.withMutation(settings.mutationProbability(), index);
    }

    /** The sampler. */
    public NsgaSampler build() {
      return new NsgaSampler(settings);
    }
  }

  /** Makes this sampler by the name {@code nsga2}. */
  public static final class Provider implements SamplerProvider {

    @Override
    public String name() {
      return "nsga2";
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      Builder builder = builder();
      new SamplerSettings("nsga2")
          .integer("populationSize", builder::populationSize)
          .real("crossoverProbability", builder::crossoverProbability)
          .real("crossoverIndex", builder::crossoverIndex)
          .real("mutationProbability", builder::mutationProbability)
          .real("mutationIndex", builder::mutationIndex)
          .apply(settings);
      return builder.build();
    }
  }
}
