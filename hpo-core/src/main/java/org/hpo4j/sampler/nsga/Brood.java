package org.hpo4j.sampler.nsga;

import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.sampler.structure.Structure;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/** The children of a population. */
final class Brood {

  /** How often constraints, or trials of the same values, may refuse a child. */
  private static final int MOST_CHILDREN = 1000;

  /** How many refused children it takes until mutation is stepped up. */
  private static final int PATIENCE = 10;

  private static final double IMPATIENT_MUTATION = 0.5;

  private final NsgaSettings settings;
  private final Structure structure;
  private final TrialHistory history;
  private final Population parents;
  private final KnownValues known;
  private final int[] columns;

  Brood(
      NsgaSettings settings,
      Structure structure,
      TrialHistory history,
      Population parents,
      KnownValues known) {
    this.settings = settings;
    this.structure = structure;
    this.history = history;
    this.parents = parents;
    this.known = known;
    List<Parameter<?>> parameters = structure.parameters();
    this.columns = parameters.stream().mapToInt(p -> history.columnOf(p.name())).toArray();
  }

  /** The codes by dimension, NaN for inactive ones; empty if all children were refused. */
  Optional<double[]> child(UniformRandomProvider random) {
    Variation variation = new Variation(settings, random);
    double[] codes = new double[columns.length];
    for (int refused = 0; refused < MOST_CHILDREN; refused++) {
      int first = parents.tournament(random);
      boolean crosses = variation.happens(settings.crossoverProbability());
      int second = crosses ? parents.tournament(random) : first;
      double usual = settings.mutationProbability().orElse(1.0 / Math.max(1, valuesOf(first)));
      double mutation = refused < PATIENCE ? usual : Math.max(usual, IMPATIENT_MUTATION);
      structure.walk(j -> value(j, first, second, mutation, variation), codes);
      if (structure.allows(codes) && !known.contain(codes, columns, history)) {
        return Optional.of(codes);
      }
    }
    return Optional.empty();
  }

  private double code(int dimension, int trial) {
    return columns[dimension] < 0 ? Double.NaN : history.code(columns[dimension], trial);
  }

  /** How many parameters a trial has that could be another. */
  private int valuesOf(int trial) {
    int count = 0;
    for (int j = 0; j < columns.length; j++) {
      boolean free = structure.parameters().get(j).domain().cardinality() > 1;
      count += free && !Double.isNaN(code(j, trial)) ? 1 : 0;
    }
    return count;
  }

  private double value(int dimension, int first, int second, double mutation, Variation variation) {
    Domain<?> domain = structure.parameters().get(dimension).domain();
    if (domain.cardinality() == 1) {
      return domain.codeAt(0);
    }
    double a = code(dimension, first);
    double b = code(dimension, second);
    if (Double.isNaN(a) && Double.isNaN(b)) {
      return variation.fresh(domain);
    }
    double inherited = Double.isNaN(a) ? b : Double.isNaN(b) ? a : variation.cross(domain, a, b);
    return variation.happens(mutation) ? variation.mutate(domain, inherited) : inherited;
  }
}
