package org.hpo4j.benchmarks.convergence;

import java.util.List;

/**
 * Two samplers whose difference is tested.
 *
 * @param sampler the first, by name
 * @param other the second, by name
 */
record Pair(String sampler, String other) {

  /** Each method beside the same method of the peers, and beside random search. */
  static final List<Pair> DEFAULTS =
      List.of(
          new Pair("hpo4j-tpe", "optuna-tpe"),
          new Pair("hpo4j-tpe", "optuna-tpe-group"),
          new Pair("hpo4j-tpe", "rustuna-tpe"),
          new Pair("hpo4j-tpe", "hyperopt-tpe"),
          new Pair("hpo4j-tpe", "hpo4j-random"),
          new Pair("hpo4j-gp", "optuna-gp"),
          new Pair("hpo4j-gp", "smac-gp"),
          new Pair("hpo4j-gp", "hebo"),
          new Pair("hpo4j-cmaes", "optuna-cmaes"),
          new Pair("hpo4j-cmaes", "rustuna-cmaes"));

  /** Schedulers beside the peers' pruner, and beside random search. */
  static final List<Pair> FIDELITY =
      List.of(
          new Pair("hpo4j-bohb", "optuna-tpe-hyperband"),
          new Pair("hpo4j-bohb-gp", "optuna-tpe-hyperband"),
          new Pair("hpo4j-asha-tpe", "optuna-tpe-hyperband"),
          new Pair("hpo4j-asha-gp", "optuna-tpe-hyperband"),
          new Pair("hpo4j-asha", "optuna-tpe-hyperband"),
          new Pair("hpo4j-hyperband", "optuna-tpe-hyperband"),
          new Pair("hpo4j-tpe-hyperband-pruner", "optuna-tpe-hyperband"),
          new Pair("hpo4j-tpe", "optuna-tpe"));

  @Override
  public String toString() {
    return sampler + " and " + other;
  }
}
