package org.hpo4j.sampler.structure;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * Lets a sampler that has no score draw again where trials are likely to fail ({@link
 * LikelySuccess}), by what the history tells ({@link SuccessEstimate}). Without failures it costs
 * nothing and changes nothing.
 *
 * <p>Public for the samplers of this library, which share it; not for users.
 */
public final class FailureAvoidance {

  private final ModelPool<SuccessEstimate> estimates = new ModelPool<>(16);

  /** An avoidance that has seen nothing yet. */
  public FailureAvoidance() {}

  /**
   * The first draw, or a further one where that is likely to fail.
   *
   * @param parameters the ones that failures may depend on
   * @param others as in {@link LikelySuccess#draw}
   * @param random what decides
   */
  public LikelySuccess draw(
      TrialHistory history,
      List<Parameter<?>> parameters,
      Configuration first,
      IntFunction<Optional<Configuration>> others,
      Supplier<UniformRandomProvider> random) {
    if (!history.hasFailures()) {
      return new LikelySuccess(first, 0);
    }
    SuccessEstimate estimate =
        estimates.borrow(
            kept -> kept.isOf(parameters, history), () -> new SuccessEstimate(parameters));
    try {
      estimate.learn(history);
      return estimate.knowsFailures()
          ? LikelySuccess.draw(first, others, estimate::logProbability, random.get())
          : new LikelySuccess(first, 0);
    } finally {
      estimates.giveBack(estimate);
    }
  }
}
