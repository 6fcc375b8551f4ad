package org.hpo4j.pruner;

import org.hpo4j.trial.ReportSeries;
import org.hpo4j.trial.TrialHistory;

/**
 * Asynchronous successive halving as a stopping rule: of the trials that reach step minResource,
 * the best 1/reductionFactor so far go on; of those that reach reductionFactor times that step,
 * again; and so on. It decides at the first report at or beyond such a step and needs no startup
 * trials: while fewer than reductionFactor have reached a step, the best so far goes on.
 *
 * <p>Source: Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020 (ASHA),
 * with the change that a trial is given up where ASHA would stop it and perhaps go on with it
 * later. For that see {@code AshaSampler}.
 *
 * <p>A report's step is taken as the resource that was used: count epochs from 1, or take
 * minResource one lower.
 *
 * @param minResource the step of the first decision, at least 1
 * @param reductionFactor of so many trials one goes on, at least 2; 4 by default, as in the paper
 */
public record SuccessiveHalvingPruner(int minResource, int reductionFactor) implements Pruner {

  /** Checks the settings. */
  public SuccessiveHalvingPruner {
    Checks.atLeast(1, "minResource", minResource);
    Checks.atLeast(2, "reductionFactor", reductionFactor);
  }

  /** One of four goes on. */
  public static SuccessiveHalvingPruner of(int minResource) {
    return new SuccessiveHalvingPruner(minResource, 4);
  }

  /** With another factor. */
  public SuccessiveHalvingPruner withReductionFactor(int factor) {
    return new SuccessiveHalvingPruner(minResource, factor);
  }

  @Override
  public boolean shouldPrune(TrialHistory history, int trialNumber, ReportSeries reports) {
    return new RungRace(minResource, reductionFactor)
        .isLost(history, trialNumber, reports, other -> true);
  }

  @Override
  public String describe() {
    return "successiveHalving(minResource="
        + minResource
        + ", reductionFactor="
        + reductionFactor
        + ")";
  }
}
