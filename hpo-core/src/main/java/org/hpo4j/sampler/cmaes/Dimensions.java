package org.hpo4j.sampler.cmaes;

import java.util.ArrayList;
import java.util.List;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;

/**
 * The parameters of a search, divided by how they are modelled: those with an order by a normal
 * distribution over unit space, choices by a probability for each option. A parameter of one value
 * is neither.
 */
final class Dimensions {

  private final List<Parameter<?>> parameters;

  /** The places in the list of parameters. */
  private final int[] ordered;

  private final int[] nominal;

  Dimensions(List<Parameter<?>> parameters) {
    this.parameters = List.copyOf(parameters);
    List<Integer> withOrder = new ArrayList<>();
    List<Integer> withoutOrder = new ArrayList<>();
    for (int p = 0; p < parameters.size(); p++) {
      Domain<?> domain = parameters.get(p).domain();
      if (domain.cardinality() > 1) {
        (domain.isNominal() ? withoutOrder : withOrder).add(p);
      }
    }
    this.ordered = withOrder.stream().mapToInt(p -> p).toArray();
    this.nominal = withoutOrder.stream().mapToInt(p -> p).toArray();
  }

  List<Parameter<?>> parameters() {
    return parameters;
  }

  /** How many parameters have an order. */
  int orderedCount() {
    return ordered.length;
  }

  /** How many parameters are choices. */
  int nominalCount() {
    return nominal.length;
  }

  /** The place of the j-th parameter with an order. */
  int ordered(int j) {
    return ordered[j];
  }

  /** The place of the k-th choice. */
  int nominal(int k) {
    return nominal[k];
  }

  Domain<?> orderedDomain(int j) {
    return parameters.get(ordered[j]).domain();
  }

  Domain<?> nominalDomain(int k) {
    return parameters.get(nominal[k]).domain();
  }

  /** The codes of the parameters of one value; 0 for the others. */
  double[] constants() {
    double[] codes = new double[parameters.size()];
    for (int p = 0; p < codes.length; p++) {
      Domain<?> domain = parameters.get(p).domain();
      codes[p] = domain.cardinality() == 1 ? domain.codeAt(0) : 0;
    }
    return codes;
  }

  /** The defaults in unit space, of the dimensions with an order. */
  double[] defaults() {
    double[] places = new double[ordered.length];
    for (int j = 0; j < places.length; j++) {
      places[j] = orderedDomain(j).toUnit(parameters.get(ordered[j]).defaultCode());
    }
    return places;
  }

  /** The probabilities of a choice's options before anything is known. */
  double[] prior(int k) {
    Domain<?> domain = nominalDomain(k);
    double[] prior = new double[(int) domain.cardinality()];
    for (int option = 0; option < prior.length; option++) {
      prior[option] = domain.cellHigh(option) - domain.cellLow(option);
    }
    return prior;
  }
}
