package org.hpo4j.sampler.gp;

import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.TruncatedNormal;

/** Standard normal numbers. */
final class Normals {

  private Normals() {}

  /** A draw, by inversion: one uniform number each, whatever its value. */
  static double draw(UniformRandomProvider random) {
    return TruncatedNormal.quantile(
        random.nextDouble(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }
}
