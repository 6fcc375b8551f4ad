package org.hpo4j.study;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.sampler.SamplerContext;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.Fidelity;
import org.hpo4j.trial.TrialHistory;

/**
 * What a trial is given when it starts.
 *
 * @param terms what it may know, and for how long it may run
 * @param joint the values drawn jointly for it
 * @param chosen the values it has from the start
 * @param fixed enqueued values by name
 * @param why what led to its values
 * @param fidelity how far it shall train, if the sampler decided that
 */
record TrialStart(
    Terms terms,
    Configuration joint,
    Configuration chosen,
    Map<String, Object> fixed,
    Explanation why,
    Optional<Fidelity> fidelity) {

  /**
   * What a trial may know, and for how long it may run.
   *
   * @param context the key of its randomness, and the declared space
   * @param view what its sampler knew
   * @param ordered whether its pruner may know no more than that
   * @param timeLimit how long it may run, once its objective has it
   */
  record Terms(
      SamplerContext context, TrialHistory view, boolean ordered, Optional<Duration> timeLimit) {}

  int number() {
    return terms.context().trialNumber();
  }

  SamplerContext context() {
    return terms.context();
  }

  TrialHistory view() {
    return terms.view();
  }
}
