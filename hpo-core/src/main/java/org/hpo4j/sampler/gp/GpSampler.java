package org.hpo4j.sampler.gp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.SamplerProvider;
import org.hpo4j.sampler.SamplerSettings;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.structure.LikelySuccess;
import org.hpo4j.sampler.structure.ModelPool;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/**
 * Bayesian optimization with a Gaussian process: a model of the objective that says at each point
 * what to expect and how sure that is; the next trial is where the expected improvement is largest.
 * The sampler for objectives that take long and a few hundred trials; an ask costs milliseconds at
 * 100 trials and a fraction of a second at 1,000.
 *
 * <p>What is done here:
 *
 * <ul>
 *   <li><em>Kernel</em>: Matern 5/2 with a length scale for each parameter. In every other trial a
 *       rough part of the same kind is added, for ripples on a slope. Length scales, roughness and
 *       noise are fitted by maximum a posteriori, with priors that grow with the number of
 *       parameters.
 *   <li><em>Outputs</em> are transformed as far as their likelihood says: towards their logarithm,
 *       so that cliffs don't hide a valley, or the other way round, so that a wide plateau shows
 *       the slope that it has; outliers and infinities are drawn in.
 *   <li><em>Integers, steps and options</em> are compared at their own values only; two options of
 *       a choice are equally far from each other.
 *   <li><em>Conditional spaces</em>: one model for all branches; an inactive parameter counts as
 *       equal in all trials that lack it.
 *   <li><em>Acquisition</em>: the logarithm of the expected improvement (Ament et al., NeurIPS
 *       2023), searched from random points and from mutations of the best trials by gradient ascent
 *       and by exchange of single values.
 *   <li><em>Running trials</em>: the improvement is averaged over eight fantasies of their outcomes
 *       (Snoek et al., NIPS 2012). That is exact for one suggestion after the other, where a joint
 *       optimization of a batch would be wasted, and unlike a single lie it keeps the uncertainty.
 *   <li><em>Within a scheduler</em> such as Hyperband the resource is one more axis of the kernel,
 *       so that trials of all rungs count, each at its own; what is maximized is the improvement
 *       after full training. A configuration that may yet be promoted is assumed to come to what is
 *       expected of it, lest it be started again.
 *   <li><em>Outcome constraints</em> have a process each; the score is weighed by the probability
 *       that all hold.
 *   <li><em>Failed trials</em> teach a second process where trials succeed, whose probability
 *       weighs the score. Where there is evidence that it depends on the place, those are left to
 *       the last that succeed less likely than 0.85 times the best; so the search comes to the edge
 *       of a failing region from inside. An ask then takes some tens of milliseconds more, and
 *       nothing more as long as no trial fails.
 *   <li><em>Pruned trials</em> count with their last report, but as no better than the median.
 * </ul>
 *
 * <p>Above {@link Builder#mostObservations}, 500 failed or 500 running trials the model is given a
 * part of the history; {@code trial.why()} says so, and a log message once.
 *
 * <p>Immutable; one sampler may serve several studies, also at the same time.
 */
public final class GpSampler implements Sampler {

  private static final String NAME = "gp";
  private static final System.Logger LOGGER = System.getLogger(GpSampler.class.getName());

  private final GpSettings settings;
  private final ModelPool<GpModel> models = new ModelPool<>(8);
  private final AtomicBoolean hasWarned = new AtomicBoolean();

  private GpSampler(GpSettings settings) {
    this.settings = settings;
  }

  /** With the defaults that {@link Builder} lists. */
  public static GpSampler ofDefaults() {
    return new GpSampler(GpSettings.DEFAULTS);
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
          "gp needs a study with one objective, got " + history.objectiveCount());
    }
    Structure structure =
        context.space().map(Structure::of).orElseGet(() -> Structure.learned(history));
    if (structure.parameters().isEmpty()) {
      return Suggestion.of(
          Configuration.empty(), Explanation.of(NAME, "no parameter is known yet"));
    }
    Resources resources = new Resources(history, context.training());
    GpModel model =
        models.borrow(
            m -> m.isOf(context.seed(), structure.parameters(), resources.arePresent()),
            () -> new GpModel(context.seed(), structure.parameters(), resources.arePresent()));
    try {
      Observations observations = model.read(history, resources);
      if (observations.size() < settings.startupTrials()) {
        return startup(model, observations, context);
      }
      int constraints = history.constraintCount();
      return model
          .suggest(structure, observations, constraints, settings, context)
          .map(
              best ->
                  Suggestion.of(
                      structure.configuration(best.codes),
                      why(best, model, observations, history, context)))
          .orElseGet(
              () ->
                  Suggestion.of(
                      drawRandomly(context),
                      Explanation.of(NAME, "a random draw")
                          .withFallback("the constraints refused all candidates")));
    } finally {
      models.giveBack(model);
    }
  }

  /** The resource is one more axis of the kernel. */
  @Override
  public boolean learnsAcrossResources() {
    return true;
  }

  private Explanation why(
      Candidate best,
      GpModel model,
      Observations observations,
      TrialHistory history,
      SamplerContext context) {
    String kernel = GpModel.isSmooth(context.trialNumber()) ? "smooth" : "rough";
    Explanation why =
        model
            .success(observations)
            .map(success -> why(best, success, kernel))
            .orElseGet(
                () ->
                    Explanation.of(NAME, "the maximum of log EI, " + kernel + " kernel")
                        .withScore("log EI", best.score))
            .withRunning(history.running());
    List<String> limits = limits(observations);
    if (limits.isEmpty()) {
      return why;
    }
    String what = "the model has only " + String.join(", ", limits);
    if (!hasWarned.getAndSet(true)) {
      LOGGER.log(System.Logger.Level.INFO, "gp: after {0} trials {1}", history.size(), what);
    }
    return why.withFallback(what);
  }

  /** What of the history the model is not given, in words. */
  private List<String> limits(Observations observations) {
    List<String> limits = new ArrayList<>();
    if (observations.size() > settings.mostObservations()) {
      limits.add(settings.mostObservations() + " of the older observations");
    }
    if (observations.failed().size() > GpModel.MOST_FAILED) {
      limits.add("the last " + GpModel.MOST_FAILED + " failed trials");
    }
    if (observations.running().size() > GpModel.MOST_RUNNING) {
      limits.add("the last " + GpModel.MOST_RUNNING + " running trials");
    }
    return limits;
  }

  private static Explanation why(Candidate best, SuccessModel success, String kernel) {
    Explanation why =
        Explanation.of(NAME, "the maximum of log EI + log P(success), " + kernel + " kernel")
            .withScore("log EI + log P", best.score)
            .withScore("P(success)", Math.exp(success.logSuccess(best.point, new double[0])));
    return success.isLocal() ? why.withScore("P of at least", Math.exp(success.logLimit())) : why;
  }

  private Suggestion startup(GpModel model, Observations observations, SamplerContext context) {
    Explanation why = Explanation.of(NAME, "a startup trial");
    if (context.space().isEmpty()) {
      return Suggestion.of(Configuration.empty(), why);
    }
    SearchSpace space = context.space().get();
    Configuration first = Startup.draw(space, context, settings.startupTrials());
    Optional<SuccessModel> success = model.success(observations);
    if (success.isEmpty()) {
      return Suggestion.of(first, why);
    }
    LikelySuccess draw =
        LikelySuccess.draw(
            first,
            k -> LikelySuccess.independent(space, context.random("gp startup " + k)),
            c -> model.logSuccess(success.get(), c, observations),
            context.random("gp startup success"));
    return Suggestion.of(draw.configuration(), draw.explained(why));
  }

  private static Configuration drawRandomly(SamplerContext context) {
    return context
        .space()
        .map(space -> RandomSampler.draw(space, context))
        .orElse(Configuration.empty());
  }

  @Override
  public String describe() {
    return settings.toString();
  }

  /** Settings of a {@link GpSampler}; each method checks its argument and returns this builder. */
  public static final class Builder {

    private GpSettings settings = GpSettings.DEFAULTS;

    private Builder() {}

    /**
     * How many trials must have ended, complete or pruned, before the process is used; until then
     * the trials are a Latin hypercube. At least 1; 10 unless set.
     */
    public Builder startupTrials(int count) {
      settings = new GpSettings(count, settings.candidates(), settings.mostObservations());
      return this;
    }

    /**
     * How many random configurations, and as many mutations of the best trials, are compared before
     * the best of them are improved. At least 1; 150 unless set.
     */
    public Builder candidates(int count) {
      settings = new GpSettings(settings.startupTrials(), count, settings.mostObservations());
      return this;
    }

    /**
     * How many observations the process keeps at most, up to the last fit of its hyperparameters.
     * Of a longer history it is given those of the lowest values, half of the allowance, and an
     * even selection of the others. Time grows with the cube of it. At least 10; 1000 unless set.
     */
    public Builder mostObservations(int count) {
      settings = new GpSettings(settings.startupTrials(), settings.candidates(), count);
      return this;
    }

    /** The sampler. */
    public GpSampler build() {
      return new GpSampler(settings);
    }
  }

  /** Makes this sampler by the name {@code gp}. */
  public static final class Provider implements SamplerProvider {

    @Override
    public String name() {
      return "gp";
    }

    @Override
    public Sampler create(Map<String, String> settings) {
      Builder builder = builder();
      new SamplerSettings("gp")
          .integer("startupTrials", builder::startupTrials)
          .integer("candidates", builder::candidates)
          .integer("mostObservations", builder::mostObservations)
          .apply(settings);
      return builder.build();
    }
  }
}
