package org.hpo4j.sampler.gp;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;

/**
 * The parameters as axes of the kernel.
 *
 * <p>A real, an integer or an ordinal lies at its place in unit space. Two options of a nominal
 * parameter are at distance 1 or 0, which is one-hot encoding with one length scale for all
 * options. A parameter that a trial doesn't have lies at {@value #ABSENT}: it then adds nothing to
 * the distance of two trials that both lack it, and trials of different branches are kept apart by
 * their selector. The kernel so stays a Matern kernel of points of a Euclidean space and is
 * positive definite whatever the tree ("imputed kernel": Levesque, Durand, Gagne and Sabourin,
 * "Bayesian optimization for conditional hyperparameter spaces", IJCNN 2017).
 *
 * <p>Where a scheduler trains trials to different extents, the resource is one more axis, see
 * {@link Resources}. It is not searched.
 */
final class Axes {

  /** Where a parameter lies in a trial that doesn't have it: the middle of its prior. */
  static final double ABSENT = 0.5;

  /** An axis of at most so many values is searched value by value. */
  static final int MOST_LISTED = 64;

  private final List<Parameter<?>> parameters;
  private final boolean[] nominal;
  private final boolean[] continuous;
  private final double[][] listed;

  /**
   * @param withResource whether trials differ in how far they were trained: then there is one more
   *     axis, the last
   */
  Axes(List<Parameter<?>> parameters, boolean withResource) {
    this.parameters = List.copyOf(parameters);
    int count = parameters.size();
    this.nominal = new boolean[count + (withResource ? 1 : 0)];
    this.continuous = new boolean[count];
    this.listed = new double[count][];
    for (int d = 0; d < count; d++) {
      Domain<?> domain = parameters.get(d).domain();
      nominal[d] = domain.isNominal();
      continuous[d] = domain.isContinuous();
      listed[d] = new double[domain.cardinality() <= MOST_LISTED ? (int) domain.cardinality() : 0];
      for (int i = 0; i < listed[d].length; i++) {
        listed[d][i] = domain.codeAt(i);
      }
    }
  }

  List<Parameter<?>> parameters() {
    return parameters;
  }

  /** How many axes there are. */
  int count() {
    return nominal.length;
  }

  /** How many of them are parameters, which come first. */
  int parameterCount() {
    return parameters.size();
  }

  /** Whether the last axis is the resource's. */
  boolean hasResource() {
    return count() > parameterCount();
  }

  /** Whether the distance of different values is always 1. */
  boolean isNominal(int axis) {
    return nominal[axis];
  }

  /** Whether every place of [0, 1] is a value. */
  boolean isContinuous(int axis) {
    return continuous[axis];
  }

  /** Whether a gradient leads along the axis: its values are continuous or many, and ordered. */
  boolean isGraded(int axis) {
    return !nominal[axis] && listed[axis].length == 0;
  }

  /**
   * The codes to compare a code with: all, if they are few; otherwise the neighbours, or random
   * ones where there is no order.
   */
  double[] alternatives(int axis, double code, UniformRandomProvider random) {
    if (listed[axis].length > 0) {
      return listed[axis];
    }
    Domain<?> domain = parameters.get(axis).domain();
    if (nominal[axis]) {
      return DoubleStream.generate(() -> domain.fromUnit(random.nextDouble()))
          .limit(MOST_LISTED)
          .toArray();
    }
    double low = domain.cellLow(code);
    double high = domain.cellHigh(code);
    double inside = 0.25 * (high - low);
    return new double[] {domain.fromUnit(low - inside), domain.fromUnit(high + inside)};
  }

  /** The place of a code; that of an absent parameter for NaN. */
  double place(int axis, double code) {
    if (Double.isNaN(code)) {
      return ABSENT;
    }
    return nominal[axis] ? code : parameters.get(axis).domain().toUnit(code);
  }

  /** The code of the value that lies nearest to a place. */
  double code(int axis, double place) {
    return nominal[axis] ? place : parameters.get(axis).domain().fromUnit(place);
  }
}
