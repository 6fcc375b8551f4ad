package org.hpo4j.sampler.nsga;

import java.util.OptionalDouble;

/** The settings of an {@link NsgaSampler}, whose builder explains them. */
record NsgaSettings(
    int populationSize,
    double crossoverProbability,
    OptionalDouble mutationProbability,
    double crossoverIndex,
    double mutationIndex) {

  static final NsgaSettings DEFAULTS = new NsgaSettings(20, 0.9, OptionalDouble.empty(), 5, 5);

  NsgaSettings {
    require(populationSize >= 2, "populationSize", "at least 2", populationSize);
    requireProbability(crossoverProbability, "crossoverProbability");
    if (mutationProbability.isPresent()) {
      requireProbability(mutationProbability.getAsDouble(), "mutationProbability");
    }
    requireIndex(crossoverIndex, "crossoverIndex");
    requireIndex(mutationIndex, "mutationIndex");
  }

  private static void requireProbability(double p, String name) {
    require(p >= 0 && p <= 1, name, "in [0, 1]", p);
  }

  private static void requireIndex(double index, String name) {
    require(index >= 0 && index < Double.POSITIVE_INFINITY, name, "at least 0 and finite", index);
  }

  private static void require(boolean holds, String name, String allowed, Number got) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + allowed + ", got " + got);
    }
  }

  NsgaSettings withPopulationSize(int size) {
    return new NsgaSettings(
        size, crossoverProbability, mutationProbability, crossoverIndex, mutationIndex);
  }

  NsgaSettings withCrossover(double probability, double index) {
    return new NsgaSettings(populationSize, probability, mutationProbability, index, mutationIndex);
  }

  NsgaSettings withMutation(OptionalDouble probability, double index) {
    return new NsgaSettings(
        populationSize, crossoverProbability, probability, crossoverIndex, index);
  }

  @Override
  public String toString() {
    return "nsga2(populationSize="
        + populationSize
        + ", crossoverProbability="
        + crossoverProbability
        + ", mutationProbability="
        + (mutationProbability.isPresent() ? mutationProbability.getAsDouble() : "auto")
        + ", crossoverIndex="
        + crossoverIndex
        + ", mutationIndex="
        + mutationIndex
        + ")";
  }
}
