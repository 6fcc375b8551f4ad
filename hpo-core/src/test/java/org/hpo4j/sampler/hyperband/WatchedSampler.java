package org.hpo4j.sampler.hyperband;

import java.util.function.BiConsumer;
import org.hpo4j.sampler.Sampler;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.sampler.Suggestion;
import org.hpo4j.trial.TrialHistory;

/** Tells what a sampler was asked and what it answered. */
record WatchedSampler(Sampler sampler, BiConsumer<TrialHistory, Suggestion> watcher)
    implements Sampler {

  @Override
  public Suggestion suggest(TrialHistory history, SamplerContext context) {
    Suggestion suggestion = sampler.suggest(history, context);
    watcher.accept(history, suggestion);
    return suggestion;
  }

  @Override
  public String describe() {
    return sampler.describe();
  }
}
