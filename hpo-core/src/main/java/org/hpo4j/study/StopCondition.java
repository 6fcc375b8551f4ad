package org.hpo4j.study;

import org.hpo4j.trial.FrozenTrial;

/** Ends a run early; asked after each trial. Trials that are running then are finished. */
@FunctionalInterface
public interface StopCondition {

  /** Whether no further trial shall start. */
  boolean isMet(BaseStudy study, FrozenTrial last);

  /** Met when the best value is at least as good as {@code value}; for one objective. */
  static StopCondition valueReached(double value) {
    return (study, last) -> {
      if (!(study instanceof Study single)) {
        throw new IllegalArgumentException(
            "study '" + study.name() + "' has several objectives: no single value ends it");
      }
      return single
          .findBest()
          .map(best -> !single.direction().isBetter(value, best.value()))
          .orElse(false);
    };
  }

  /**
   * Met when {@code trialCount} trials that came after the best one, or after the latest of the
   * Pareto front, have ended.
   *
   * @throws IllegalArgumentException if the count is not positive
   */
  static StopCondition noImprovement(int trialCount) {
    if (trialCount < 1) {
      throw new IllegalArgumentException("trialCount must be at least 1, got " + trialCount);
    }
    return (study, last) ->
        study.bestTrials().stream().mapToInt(FrozenTrial::number).max().stream()
            .anyMatch(best -> study.finishedAfter(best) >= trialCount);
  }
}
