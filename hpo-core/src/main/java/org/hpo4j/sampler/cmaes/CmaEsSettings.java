package org.hpo4j.sampler.cmaes;

import java.util.OptionalInt;

/** The settings of a {@link CmaEsSampler}, whose builder explains them. */
record CmaEsSettings(OptionalInt populationSize, double sigma, int populationGrowth) {

  static final CmaEsSettings DEFAULTS = new CmaEsSettings(OptionalInt.empty(), 0.15, 2);

  /** Beyond this a population is larger than any study. */
  private static final double LARGEST_POPULATION = 1 << 20;

  CmaEsSettings {
    if (populationSize.isPresent() && populationSize.getAsInt() < 4) {
      throw new IllegalArgumentException(
          "populationSize must be at least 4, got " + populationSize.getAsInt());
    }
    if (!(sigma > 0 && sigma <= 1)) {
      throw new IllegalArgumentException("sigma must be in (0, 1], got " + sigma);
    }
    if (populationGrowth < 1) {
      throw new IllegalArgumentException(
          "populationGrowth must be at least 1, got " + populationGrowth);
    }
  }

  /** The size of a population after some restarts. */
  int lambda(int parameters, int restarts) {
    double first = populationSize.orElse(4 + (int) Math.log(Math.max(1, parameters)));
    return (int) Math.min(LARGEST_POPULATION, first * Math.pow(populationGrowth, restarts));
  }

  @Override
  public String toString() {
    return "cmaEs(populationSize="
        + (populationSize.isPresent() ? populationSize.getAsInt() : "auto")
        + ", sigma="
        + sigma
        + ", populationGrowth="
        + populationGrowth
        + ")";
  }
}
