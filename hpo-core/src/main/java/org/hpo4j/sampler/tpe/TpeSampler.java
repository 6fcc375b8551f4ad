package org.hpo4j.sampler.tpe;

import java.util.List;
import java.util.Map;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.SamplerProvider;
import org.hpo4j.sampler.SamplerSettings;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.structure.ModelPool;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;
import org.hpo4j.trial.TrialState;

/**
 * The tree-structured Parzen estimator (TPE) of Bergstra, Bardenet, Bengio and Kégl, "Algorithms
 * for Hyper-Parameter Optimization", NIPS 2011.
 *
 * <p>The idea: divide the trials so far into the best few and the others, put a kernel on each, and
 * try next where the density l of the best is large against the density g of the others. A
 * suggestion costs time linear in the number of trials.
 *
 * <p>What is done here:
 *
 * <ul>
 *   <li><em>Multivariate</em>: a kernel covers all parameters of a trial at once, so that l keeps
 *       what was good together (as in BOHB: Falkner, Klein and Hutter, ICML 2018).
 *   <li><em>Conditional spaces</em>: a trial's kernel covers the parameters that the trial had, and
 *       is the prior in the others. So branches compete by their own observations, and their
 *       selector is drawn together with them. A declared space knows its branches; in a
 *       define-by-run study they are learned from the finished trials.
 *   <li><em>Kernels</em>: normal, cut to the domain; for integers, steps and ordinals integrated
 *       over the cell of each value; for choices the observed option mixed with the prior.
 *   <li><em>Running trials</em> count as bad ones until they end (the constant liar of Ginsbourger,
 *       Le Riche and Carraro 2010), so that parallel trials keep their distance.
 *   <li><em>Pruned trials</em> rank after all complete ones: by how far they came, then by their
 *       last report.
 *   <li><em>Failed trials</em> count as bad ones, and teach where trials succeed: the logarithm of
 *       the probability of success ({@link org.hpo4j.math.SuccessRates}) is added to log l - log g,
 *       and a startup trial that is drawn jointly is drawn again where it is likely to fail. Where
 *       failures have nothing to do with the parameters, turn that off with {@link
 *       Builder#learnsFromFailures}.
 *   <li><em>Outcome constraints</em>: a trial that violates one ranks after all that do not, by how
 *       much it does.
 *   <li><em>Several objectives</em>: the Pareto order stands for the value (as in Ozaki, Tanigaki,
 *       Watanabe and Onishi, "Multiobjective tree-structured Parzen estimator for computationally
 *       expensive optimization problems", GECCO 2020, with crowding distances in place of
 *       hypervolumes within a rank).
 * </ul>
 *
 * <p>Immutable; one sampler may serve several studies, also at the same time.
 */
public final class TpeSampler implements Sampler {

  private final TpeSettings settings;

  /** Room for the parameters of most studies, each of which has a model if univariate. */
  private final ModelPool<TpeModel> models = new ModelPool<>(128);

  private TpeSampler(TpeSettings settings) {
    this.settings = settings;
  }

  /** Multivariate TPE with the defaults that {@link Builder} lists. */
  public static TpeSampler ofDefaults() {
    return new TpeSampler(TpeSettings.DEFAULTS);
  }

  /** Settings that start at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    if (settings.multivariate()) {
      Structure structure =
          context.space().map(Structure::of).orElseGet(() -> Structure.learned(history));
      return drawJointly(structure, history, context);
    }
    return context
        .space()
        .map(space -> drawOneByOne(Structure.of(space), history, context))
        .orElseGet(() -> leaveToTheObjective(history));
  }

  private Suggestion drawJointly(
      Structure structure, TrialHistory history, SamplerContext context) {
    TpeModel model = borrow(structure);
    try {
      return model.fit(history, settings) < settings.startupTrials()
          ? Startup.draw(model.success(), context)
          : model
              .suggest(structure, settings.candidates(), context.random("tpe"))
              .map(codes -> Suggestion.of(structure.configuration(codes), why(model, history)))
              .orElseGet(() -> Startup.atRandom(context, Startup.REFUSED));
    } finally {
      models.giveBack(model);
    }
  }

  private TpeModel borrow(Structure structure) {
    return TpeModel.borrow(structure.parameters(), models);
  }

  private Explanation why(TpeModel model, TrialHistory history) {
    return Explanation.of("tpe", "the best of " + settings.candidates() + " candidates")
        .withScore("log l/g", model.bestScore())
        .withRunning(settings.constantLiar() ? history.running() : List.of());
  }

  private Suggestion drawOneByOne(
      Structure structure, TrialHistory history, SamplerContext context) {
    try (UnivariateAsk ask = new UnivariateAsk(structure, history, settings, models)) {
      return ask.suggest(context)
          .orElseGet(
              () ->
                  Startup.atRandom(context, ask.hasLearned() ? Startup.REFUSED : Startup.TOO_FEW));
    }
  }

  /** Nothing jointly: {@link #sampleIndependent} follows. */
  private Suggestion leaveToTheObjective(TrialHistory history) {
    int ranked = 0;
    for (int trial = 0; trial < history.size(); trial++) {
      TrialState state = history.state(trial);
      ranked += state == TrialState.COMPLETE || state == TrialState.PRUNED ? 1 : 0;
    }
    return Suggestion.of(
        Configuration.empty(),
        ranked < settings.startupTrials()
            ? Startup.TOO_FEW
            : Explanation.of("tpe", "each parameter by itself, as the objective asks for it")
                .withRunning(settings.constantLiar() ? history.running() : List.of()));
  }

  @Override
  public double sampleIndependent(
      Parameter<?> parameter, TrialHistory history, SamplerContext context) {
    Structure structure = Structure.of(parameter);
    try (UnivariateAsk ask = new UnivariateAsk(structure, history, settings, models)) {
      return ask.draw(0, context.random(parameter));
    }
  }

  @Override
  public String describe() {
    return settings.toString();
  }

  /** Settings of a {@link TpeSampler}; each method checks its argument and returns this builder. */
  public static final class Builder {

    private TpeSettings settings = TpeSettings.DEFAULTS;

    private Builder() {}

    /**
     * How many trials must have ended, complete or pruned, before the history is used; random
     * search until then. At least 1; 10 unless set.
     */
    public Builder startupTrials(int count) {
      settings = settings.withStartupTrials(count);
      return this;
    }

    /**
     * How many candidates are drawn from the density of the best, of which one is suggested. More
     * make the search greedier and an ask slower in proportion. At least 1; 24 unless set.
     */
    public Builder candidates(int count) {
      settings = settings.withCandidates(count);
      return this;
    }

    /**
     * Which trials count as the best: a share of the ended ones, rounded up, and at most so many.
     *
     * @param share in (0, 1); 0.2 unless set
     * @param most at least 1; 25 unless set
     */
    public Builder gamma(double share, int most) {
      settings = settings.withGamma(share, most);
      return this;
    }

    /**
     * The weight of the prior, the law of the parameters' domains, where an observation weighs 1.
     * More of it explores more. Positive; 1 unless set.
     */
    public Builder priorWeight(double weight) {
      settings = settings.withPriorWeight(weight);
      return this;
    }

    /**
     * Whether parameters are drawn jointly, or each by itself, which misses what they do together.
     * True unless set.
     */
    public Builder multivariate(boolean jointly) {
      settings = settings.withMultivariate(jointly);
      return this;
    }

    /** Whether trials that have not ended count as bad ones, or not at all. True unless set. */
    public Builder constantLiar(boolean lie) {
      settings = settings.withConstantLiar(lie);
      return this;
    }

    /** Whether failed trials count, as bad ones and as failures, or not at all. True unless set. */
    public Builder learnsFromFailures(boolean learns) {
      settings = settings.withLearnsFromFailures(learns);
      return this;
    }

    /** The sampler. */
    public TpeSampler build() {
      return new TpeSampler(settings);
    }
  }

  /** Makes this sampler by the name {@code tpe}. */
  public static final class Provider implements SamplerProvider {

    @Override
    public String name() {
      return "tpe";
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      Builder builder = builder();
      new SamplerSettings("tpe")
          .integer("startupTrials", builder::startupTrials)
          .integer("candidates", builder::candidates)
          .real("gamma", share -> builder.gamma(share, builder.settings.mostBelow()))
          .integer("mostBelow", most -> builder.gamma(builder.settings.gamma(), most))
          .real("priorWeight", builder::priorWeight)
          .flag("multivariate", builder::multivariate)
          .flag("constantLiar", builder::constantLiar)
          .flag("learnsFromFailures", builder::learnsFromFailures)
          .apply(settings);
      return builder.build();
    }
  }
}
