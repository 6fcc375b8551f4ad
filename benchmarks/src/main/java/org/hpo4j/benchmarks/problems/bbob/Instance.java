package org.hpo4j.benchmarks.problems.bbob;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.hpo4j.math.KeyedRandom;

/** What the report draws at random for a function in one dimension: the optimum and rotations. */
final class Instance {

  private final int function;
  private final int dimensions;

  /**
   * An instance that is the same in every process.
   *
   * @param function the number of the function in the report
   * @param dimensions at least 2
   */
  Instance(int function, int dimensions) {
    this.function = function;
    this.dimensions = dimensions;
  }

  int dimensions() {
    return dimensions;
  }

  UniformRandomProvider random(String purpose) {
    return KeyedRandom.of(function, dimensions, purpose);
  }

  /** A point drawn uniformly from [-4, 4]^D. */
  double[] optimum() {
    return uniform(random("optimum"), 4);
  }

  /** A point drawn uniformly from [-half, half]^D. */
  double[] uniform(UniformRandomProvider random, double half) {
    double[] x = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      x[i] = half * (2 * random.nextDouble() - 1);
    }
    return x;
  }

  /** A vector of -1 and 1. */
  double[] signs() {
    UniformRandomProvider random = random("signs");
    double[] signs = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      signs[i] = random.nextBoolean() ? 1 : -1;
    }
    return signs;
  }

  /** An orthogonal matrix: normal entries, rows made orthonormal one after the other. */
  Rotation rotation(String name) {
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random(name));
    double[][] rows = new double[dimensions][dimensions];
    for (int i = 0; i < dimensions; i++) {
      for (int j = 0; j < dimensions; j++) {
        rows[i][j] = normal.sample();
      }
    }
    return Rotation.orthonormalized(rows);
  }
}
