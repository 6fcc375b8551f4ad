package org.hpo4j.study;

import java.util.Optional;
import java.util.function.Predicate;
import org.hpo4j.sampler.structure.Enumeration;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.SearchSpace;

/**
 * Finds values of a finite space that no trial has, by counting through the space. Values that were
 * passed over stay tried or forbidden, so that all searches of a study together count through it
 * once.
 */
final class UntriedValues {

  /** How many configurations are looked at; whether the others were tried is not known. */
  static final int MOST_LOOKED_AT = 1_000_000;

  private final SearchSpace space;
  private final Predicate<Configuration> isTried;
  private final Enumeration all;
  private final boolean countable;
  private Optional<Configuration> candidate = Optional.empty();
  private boolean ended;
  private int lookedAt;

  /**
   * Before the first configuration.
   *
   * @param isTried whether a trial has these values; once true, always true
   */
  UntriedValues(SearchSpace space, Predicate<Configuration> isTried) {
    this.space = space;
    this.isTried = isTried;
    this.all = new Enumeration(space);
    this.countable =
        space.parameters().stream()
            .noneMatch(parameter -> parameter.domain().cardinality() == Domain.UNCOUNTABLE);
  }

  /** The first values in the order of the grid that no trial has; empty if none are known. */
  Optional<Configuration> first() {
    while (candidate.isEmpty() || isTried.test(candidate.get())) {
      candidate = Optional.empty();
      if (!countable || ended || lookedAt > MOST_LOOKED_AT) {
        return Optional.empty();
      }
      Optional<Configuration> next = all.next();
      lookedAt++;
      ended = next.isEmpty();
      candidate = next.filter(space::satisfies);
    }
    return candidate;
  }

  /** Whether it is certain that trials have all values of the space. */
  boolean isNone() {
    return first().isEmpty() && ended;
  }
}
