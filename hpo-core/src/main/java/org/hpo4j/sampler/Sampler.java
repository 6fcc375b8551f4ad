package org.hpo4j.sampler;

import java.util.BitSet;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * Decides what to try next.
 *
 * <p>A suggestion is a pure function of the sampler's settings, the context and the history: that
 * is what makes a study repeatable and a resume exact. An implementation may cache, but never let
 * the cache change an answer. Calls of one study never overlap.
 */
public interface Sampler {

  /** Values for the next trial, drawn jointly. */
  Suggestion suggest(TrialHistory history, SamplerContext context);

  /**
   * The code of a value for a parameter that was not drawn jointly: an independent draw.
   *
   * @param parameter the parameter
   * @param history what was known when the trial was asked for
   * @param context the same as then
   */
  default double sampleIndependent(
      Parameter<?> parameter, TrialHistory history, SamplerContext context) {
    return RandomSampler.draw(parameter, context);
  }

  /**
   * Whether the study's first trial shall try the defaults instead of asking this sampler; not so
   * for one that follows a list.
   */
  default boolean triesDefaultsFirst() {
    return true;
  }

  /**
   * Whether a suggestion depends on the history at all. Where it does not, a worker need not read
   * what the trials of other workers have found, and the history may show trials as running that
   * have ended there.
   */
  default boolean usesHistory() {
    return true;
  }

  /**
   * Whether this sampler knows what to make of trials that were trained to different extents, by
   * their {@linkplain TrialHistory#fidelity fidelities} and the context's {@linkplain
   * SamplerContext#training training}. Within a scheduler, such a sampler is shown the whole
   * history; any other one is shown trials that compare, and no training.
   */
  default boolean learnsAcrossResources() {
    return false;
  }

  /**
   * The trials whose files may still be needed by a trial that continues them: those that may be
   * promoted, and the parents of those that have not ended. None unless this sampler promotes
   * trials. A sampler that wraps another one passes this on.
   */
  default BitSet resumable(TrialHistory history) {
    return new BitSet();
  }

  /** The sampler and its settings, as kept with the study, such as {@code random()}. */
  String describe();
}
