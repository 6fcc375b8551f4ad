package org.hpo4j.sampler.gp;

import java.util.Optional;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/**
 * Bayesian optimization with a Gaussian process.
 *
 * <p>Immutable; one sampler may serve several studies, also at the same time.
 */
public final class GpSampler implements Sampler {

  private static final String NAME = "gp";

  private final GpSettings settings;
  private final ModelPool models = new ModelPool();

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
    GpModel model = models.borrow(context.seed(), structure.parameters());
    try {
      Observations observations = model.read(history);
      if (observations.size() < settings.startupTrials()) {
        return Suggestion.of(startup(context), Explanation.of(NAME, "a startup trial"));
      }
      Optional<Candidate> found =
          model.suggest(
              structure,
              observations,
              history.constraintCount(),
              settings,
              context.attempt() == 0,
              context.random(NAME));
      return found
          .map(
              best ->
                  Suggestion.of(
                      structure.configuration(best.codes),
                      Explanation.of(NAME, "the maximum of log EI")
                          .withScore("log EI", best.score)
                          .withRunning(observations.running.size())))
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

  private Configuration startup(SamplerContext context) {
    return context
        .space()
        .map(space -> Startup.draw(space, context, settings.startupTrials()))
        .orElse(Configuration.empty());
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
     * How many trials must have ended, complete or pruned, before the process is used. At least 1;
     * 10 unless set.
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
     * How many observations the process keeps at most. Above that many it is given the better half
     * of the allowance and an even selection of the others, which {@code trial.why()} says. At
     * least 10; 1000 unless set.
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
}
