package org.hpo4j.sampler;

import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.trial.Explanation;
import org.hpo4j.trial.Fidelity;

/** What a sampler answers when it is asked for the next trial. */
public sealed interface Suggestion {

  /**
   * Values for the next trial.
   *
   * @param configuration where the space is declared: a whole configuration that satisfies the
   *     constraints; otherwise the values that were drawn jointly, possibly none
   * @param why what led to them
   * @param fidelity how far the trial shall train, if the sampler decides that
   * @param choice a decision that the sampler wants to be told again: it is recorded with the study
   *     and comes back in {@link SamplerContext#choice}
   */
  record Values(
      Configuration configuration,
      Explanation why,
      Optional<Fidelity> fidelity,
      Optional<String> choice)
      implements Suggestion {

    /** The same for a trial that shall train so far. */
    public Values withFidelity(Fidelity assigned) {
      return new Values(configuration, why, Optional.of(assigned), choice);
    }

    /** The same with a decision to be recorded. */
    public Values withChoice(String decision) {
      return new Values(configuration, why, fidelity, Optional.of(decision));
    }

    /** The same with another explanation. */
    public Values because(Explanation explanation) {
      return new Values(configuration, explanation, fidelity, choice);
    }
  }

  /** Nothing before more trials have ended. */
  record Idle() implements Suggestion {}

  /** Nothing ever again: all that there was to try has been tried. */
  record Exhausted() implements Suggestion {}

  /** Values for the next trial. */
  static Values of(Configuration configuration, Explanation why) {
    return new Values(configuration, why, Optional.empty(), Optional.empty());
  }
}
