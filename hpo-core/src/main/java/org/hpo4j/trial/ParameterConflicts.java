package org.hpo4j.trial;

import org.hpo4j.space.Parameter;

/** The rule that a name means one domain in a study. */
public final class ParameterConflicts {

  private ParameterConflicts() {}

  /**
   * Checks that both parameters, which have the same name, have the same domain.
   *
   * @throws IllegalArgumentException if they have not
   */
  public static void requireSameDomain(Parameter<?> recorded, Parameter<?> asked) {
    if (!recorded.domain().equals(asked.domain())) {
      throw new IllegalArgumentException(
          "parameter '"
              + asked.name()
              + "' is "
              + recorded.domain()
              + " in this study, got "
              + asked.domain()
              + "; give the new domain another name, or start another study");
    }
  }
}
