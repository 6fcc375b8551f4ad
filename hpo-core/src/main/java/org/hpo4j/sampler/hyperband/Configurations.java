package org.hpo4j.sampler.hyperband;

import java.util.OptionalInt;
import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.Training;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.TrialHistory;

/**
 * Where the values of scheduled trials come from: new ones from a sampler, those of a promoted
 * trial from its parent.
 *
 * @param sampler suggests new configurations
 * @param fullResource the resource of a trial that reaches the end
 * @param modelTrials how many trials of one resource are enough to learn from, for a sampler that
 *     learns from one resource at a time; by default two more than there are parameters, as in
 *     BOHB, and at least ten, as many as {@code TpeSampler} waits for
 */
record Configurations(Sampler sampler, int fullResource, OptionalInt modelTrials) {

  private static final int LEAST_MODEL_TRIALS = 10;

  /** A new configuration that begins in a bracket, or the sampler's word that there is none. */
  Suggestion fresh(int bracket, int resource, TrialHistory history, SamplerContext context) {
    Suggestion suggestion =
        sampler.learnsAcrossResources()
            ? sampler.suggest(history, context.within(new Training(resource, fullResource)))
            : sampler.suggest(comparable(history, context), context);
    if (!(suggestion instanceof Suggestion.Values values)) {
      return suggestion;
    }
    Explanation why = values.why();
    return values
        .withFidelity(new Fidelity(bracket, 0, 0, resource, OptionalInt.empty()))
        .because(
            new Explanation(
                why.sampler(),
                why.reason() + "; new in bracket " + bracket,
                why.scores(),
                why.running(),
                why.fallback()));
  }

  double sampleIndependent(Parameter<?> parameter, TrialHistory history, SamplerContext context) {
    return sampler.learnsAcrossResources()
        ? sampler.sampleIndependent(parameter, history, context)
        : sampler.sampleIndependent(parameter, comparable(history, context), context);
  }

  /**
   * What a sampler may see that does not learn across resources. One that follows a list looks for
   * what was tried, at any resource; random search looks at nothing.
   */
  private TrialHistory comparable(TrialHistory history, SamplerContext context) {
    if (!sampler.triesDefaultsFirst() || sampler instanceof RandomSampler) {
      return history;
    }
    int parameters =
        context.space().map(space -> space.parameters().size()).orElse(history.columns().size());
    return new ComparableTrials(history, fullResource)
        .select(modelTrials.orElse(Math.max(LEAST_MODEL_TRIALS, parameters + 2)));
  }

  /** The parent's values, to be trained on. */
  static Suggestion promoted(
      int parent, Fidelity fidelity, TrialHistory history, SamplerContext context) {
    Configuration values =
        context
            .space()
            .map(space -> declared(space, history, parent))
            .orElseGet(() -> learned(history, parent));
    Explanation why =
        Explanation.of(
                "promotion",
                "trial "
                    + parent
                    + " goes on to round "
                    + fidelity.round()
                    + " of bracket "
                    + fidelity.bracket())
            .withScore("value", history.direction(0).minimized(history.value(parent)));
    return Suggestion.of(values, why).withFidelity(fidelity);
  }

  private static Configuration declared(SearchSpace space, TrialHistory history, int parent) {
    return space.walk(parameter -> history.givenCode(history.columnOf(parameter.name()), parent));
  }

  private static Configuration learned(TrialHistory history, int parent) {
    Configuration.Builder values = Configuration.builder();
    for (int column : history.columns()) {
      double code = history.givenCode(column, parent);
      if (!Double.isNaN(code)) {
        values.put(history.parameter(column), code);
      }
    }
    return values.build();
  }
}
