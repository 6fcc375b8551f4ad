package org.hpo4j.sampler.structure;

import java.util.List;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.SearchSpace;
import org.hpo4j.trial.TrialHistory;

/**
 * The dimensions of a joint draw, and which of them are active given the values of others: declared
 * by a search space or learned from a history. Parameters that occur together, a group, are thereby
 * drawn together.
 *
 * <p>Public for the samplers of this library, which share it; not for users.
 */
public sealed interface Structure permits DeclaredStructure, LearnedStructure, SingleStructure {

  /** The tree of a declared search space, with its constraints. */
  static Structure of(SearchSpace space) {
    return new DeclaredStructure(space);
  }

  /** What the finished trials of a define-by-run study tell about its conditions. */
  static Structure learned(TrialHistory history) {
    return new LearnedStructure(history);
  }

  /** One parameter, always active. */
  static Structure of(Parameter<?> parameter) {
    return SingleStructure.of(parameter);
  }

  /** Chooses the code of an active dimension. */
  @FunctionalInterface
  interface Chooser {

    /** The code for the dimension. */
    double choose(int dimension);
  }

  /** The parameter of each dimension. */
  List<Parameter<?>> parameters();

  /**
   * Chooses a value for each active dimension, each after those that it depends on.
   *
   * @param chooser asked once for each active dimension
   * @param codes receives the codes; NaN for the inactive dimensions
   */
  void walk(Chooser chooser, double[] codes);

  /** Whether the values are allowed together. */
  boolean allows(double[] codes);

  /** The values as a configuration. */
  default Configuration configuration(double[] codes) {
    Configuration.Builder builder = Configuration.builder();
    for (int j = 0; j < codes.length; j++) {
      if (!Double.isNaN(codes[j])) {
        builder.put(parameters().get(j), codes[j]);
      }
    }
    return builder.build();
  }
}
