package org.hpo4j.benchmarks.problems;

import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;
import org.hpo4j.space.SearchSpace;

/** A parabola of one integer under noise that is as large as the differences near its minimum. */
final class NoisyInteger {

  private static final Parameter<Integer> FILTERS = Parameters.integer("filters", 3, 120);

  private NoisyInteger() {}

  static Problem problem() {
    return new Problem(
        "noisyint", ProblemSet.CLASSIC, SearchSpace.of(FILTERS), 0.35, 0.01, NoisyInteger::value);
  }

  private static double value(Configuration configuration) {
    double z = (configuration.get(FILTERS) - 57) / 10.0;
    return 0.35 + 0.002 * z * z;
  }
}
