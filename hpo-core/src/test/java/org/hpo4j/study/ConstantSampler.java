package org.hpo4j.study;

import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.TrialHistory;

/** A sampler that has converged: it suggests one code, of every parameter of a declared space. */
record ConstantSampler(double code) implements Sampler {

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    return Suggestion.of(
        context.space().orElseThrow().walk(parameter -> code),
        Explanation.of("constant", "always the same"));
  }

  @Override
  public String describe() {
    return toString();
  }
}
