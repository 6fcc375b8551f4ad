package org.hpo4j.sampler;

import org.hpo4j.space.Configuration;

/** What a sampler answers when it is asked for the next trial. */
public sealed interface Suggestion {

  /**
   * Values for the next trial.
   *
   * @param configuration where the space is declared: a whole configuration that satisfies the
   *     constraints; otherwise the values that were drawn jointly, possibly none
   */
  record Values(Configuration configuration) implements Suggestion {}

  /** Nothing before more trials have ended. */
  record Idle() implements Suggestion {}

  /** Nothing ever again: all that there was to try has been tried. */
  record Exhausted() implements Suggestion {}

  /** Values for the next trial. */
  static Suggestion of(Configuration configuration) {
    return new Values(configuration);
  }
}
