package org.hpo4j.study;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.TrialHistory;

/**
 * What a trial is given when it starts.
 *
 * @param context the key of its randomness, and the declared space
 * @param view what its sampler knew
 * @param ordered whether its pruner may know no more than that
 * @param joint the values drawn jointly for it
 * @param chosen the values it has from the start
 * @param fixed enqueued values by name
 * @param deadline when its time limit passes
 */
record TrialStart(
    SamplerContext context,
    TrialHistory view,
    boolean ordered,
    Configuration joint,
    Configuration chosen,
    Map<String, Object> fixed,
    Optional<Instant> deadline) {

  int number() {
    return context.trialNumber();
  }
}
