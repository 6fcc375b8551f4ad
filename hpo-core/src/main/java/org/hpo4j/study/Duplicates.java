package org.hpo4j.study;

/** What a study does when its sampler suggests values that a trial already has. */
public enum Duplicates {
  /** Run them again: right for noisy objectives. */
  REPLICATE,
  /**
   * Ask the sampler for others, up to {@value RepeatIndex#MOST_ATTEMPTS} times; then run them
   * again, since the space may have no others left.
   */
  RESAMPLE,
  /**
   * Record a trial with the value and the measured constraints of the earlier one, without running
   * it. If that one has not completed, as {@link #RESAMPLE}.
   */
  REUSE
}
