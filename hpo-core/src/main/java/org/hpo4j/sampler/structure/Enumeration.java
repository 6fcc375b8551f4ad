package org.hpo4j.sampler.structure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;

/**
 * Counts through the configurations of a search space, each once, the last parameter changing
 * fastest. Whether one satisfies the constraints is for the caller to ask.
 *
 * <p>Public for the samplers and the study of this library; not for users.
 */
public final class Enumeration {

  private final SearchSpace space;
  private final Deque<Digit> path = new ArrayDeque<>();
  private boolean begun;

  /** Starts before the first configuration. */
  public Enumeration(SearchSpace space) {
    this.space = space;
  }

  /** The place of one parameter's value in the walk through the tree, counting up. */
  private static final class Digit {
    private final Domain<?> domain;
    private long index;

    Digit(Domain<?> domain) {
      this.domain = domain;
    }

    double code() {
      return domain.codeAt(index);
    }

    boolean increment() {
      return ++index < domain.cardinality();
    }
  }

  /**
   * The next configuration; empty after the last.
   *
   * @throws IllegalArgumentException if it has a parameter that cannot be enumerated
   */
  public Optional<Configuration> next() {
    if (begun) {
      while (!path.isEmpty() && !path.getLast().increment()) {
        path.removeLast();
      }
      if (path.isEmpty()) {
        return Optional.empty();
      }
    }
    begun = true;
    Iterator<Digit> known = path.iterator();
    return Optional.of(
        space.walk(parameter -> (known.hasNext() ? known.next() : append(parameter)).code()));
  }

  private Digit append(Parameter<?> parameter) {
    if (parameter.domain().cardinality() == Domain.UNCOUNTABLE) {
      throw new IllegalArgumentException(
          "parameter '"
              + parameter.name()
              + "' has no grid: "
              + parameter.domain()
              + " cannot be enumerated; quantize it, or list its values with RunBuilder");
    }
    Digit digit = new Digit(parameter.domain());
    path.addLast(digit);
    return digit;
  }
}
