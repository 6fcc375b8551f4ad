package org.hpo4j.sampler.tpe;

import org.hpo4j.sampler.RandomSampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.sampler.structure.LikelySuccess;
import org.hpo4j.sampler.structure.SuccessEstimate;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.Explanation;

/** Random trials: at the start, and where there is no other way. */
final class Startup {

  static final Explanation TOO_FEW =
      Explanation.of("tpe", "an independent draw: too few trials to learn from");

  static final Explanation REFUSED =
      Explanation.of("tpe", "a random draw").withFallback("the constraints refused all candidates");

  private Startup() {}

  /** A startup trial where it is likely to succeed: however many have failed, few need to. */
  static Suggestion.Values draw(SuccessEstimate success, SamplerContext context) {
    Suggestion.Values first = atRandom(context, TOO_FEW);
    if (context.space().isEmpty() || !success.knowsFailures()) {
      return first;
    }
    SearchSpace space = context.space().get();
    LikelySuccess likely =
        LikelySuccess.draw(
            first.configuration(),
            k -> LikelySuccess.independent(space, context.random("tpe startup " + k)),
            success::logProbability,
            context.random("tpe startup success"));
    return Suggestion.of(likely.configuration(), likely.explained(TOO_FEW));
  }

  /** A random draw; nothing where the space is not known. */
  static Suggestion.Values atRandom(SamplerContext context, Explanation why) {
    return Suggestion.of(
        context
            .space()
            .map(space -> RandomSampler.draw(space, context))
            .orElseGet(Configuration::empty),
        why);
  }
}
