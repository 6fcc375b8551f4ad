package org.hpo4j.study;

/**
 * What a study does when its sampler suggests values that a trial already has.
 *
 * <p>Under {@link #RESAMPLE} and {@link #REUSE} a finite space is used up when each of its
 * configurations that the constraints allow has had a trial, whatever became of it. Then a run
 * ends, however many trials it was to have, and an ask says so. (That is known of spaces of up to
 * {@value UntriedValues#MOST_LOOKED_AT} configurations without a continuous parameter.)
 */
public enum Duplicates {
  /** Run them again, as often as the run has trials: right for noisy objectives. */
  REPLICATE,
  /**
   * Ask the sampler for others, up to {@value RepeatPolicy#MOST_ATTEMPTS} times; then take the
   * first values in the order of the grid that no trial has. Where none are known, as in a
   * continuous space, run them again.
   */
  RESAMPLE,
  /**
   * Record a trial with the value and the measured constraints of the earlier one, without running
   * it. If that one has not completed, or after {@value RepeatPolicy#MOST_REUSED} such records in a
   * row, as {@link #RESAMPLE}.
   */
  REUSE
}
