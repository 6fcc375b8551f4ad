package org.hpo4j.space;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hpo4j.space.OneOf.Branch;
import org.hpo4j.space.RealDomain.Shape;

/**
 * Factories of parameters and branches, for static import. All bounds are inclusive and natural:
 * logarithmic ones too are given as the values themselves. Every factory throws {@link
 * IllegalArgumentException}, naming what it got and what is allowed.
 */
public final class Parameters {

  private Parameters() {}

  /** A real number, uniform on [low, high]. */
  public static Parameter<Double> uniform(String name, double low, double high) {
    return real(name, Shape.UNIFORM, low, high, 0);
  }

  /** A real number, uniform in the logarithm on [low, high]; low is positive. */
  public static Parameter<Double> logUniform(String name, double low, double high) {
    return real(name, Shape.LOG_UNIFORM, low, high, 0);
  }

  /** A multiple of q inside [low, high], all equally likely. */
  public static Parameter<Double> quniform(String name, double low, double high, double q) {
    return quantized(name, Shape.UNIFORM, low, high, q);
  }

  /** A multiple of q inside [low, high], uniform in the logarithm; low is positive. */
  public static Parameter<Double> qlogUniform(String name, double low, double high, double q) {
    return quantized(name, Shape.LOG_UNIFORM, low, high, q);
  }

  /** A real number, normal with the given mean and standard deviation. */
  public static Parameter<Double> normal(String name, double mean, double standardDeviation) {
    return real(name, Shape.NORMAL, mean, standardDeviation, 0);
  }

  /** A multiple of q, normal before rounding. */
  public static Parameter<Double> qnormal(
      String name, double mean, double standardDeviation, double q) {
    return quantized(name, Shape.NORMAL, mean, standardDeviation, q);
  }

  /** A positive number whose natural logarithm is normal with this mean and deviation. */
  public static Parameter<Double> logNormal(
      String name, double logMean, double logStandardDeviation) {
    return real(name, Shape.LOG_NORMAL, logMean, logStandardDeviation, 0);
  }

  /** A multiple of q, 0 included, log-normal before rounding. */
  public static Parameter<Double> qlogNormal(
      String name, double logMean, double logStandardDeviation, double q) {
    return quantized(name, Shape.LOG_NORMAL, logMean, logStandardDeviation, q);
  }

  /** An integer in [low, high], all equally likely. */
  public static Parameter<Integer> integer(String name, int low, int high) {
    return integer(name, low, high, 1);
  }

  /** One of the integers low, low + step, ... up to high, all equally likely. */
  public static Parameter<Integer> integer(String name, int low, int high, int step) {
    return named(name, () -> new IntegerDomain(low, high, step, false));
  }

  /** An integer in [low, high], uniform in the logarithm; low is at least 1. */
  public static Parameter<Integer> logInteger(String name, int low, int high) {
    return named(name, () -> new IntegerDomain(low, high, 1, true));
  }

  /** {@code false}, the default, or {@code true}. */
  public static Parameter<Boolean> bool(String name) {
    return named(name, () -> CategoricalDomain.of(List.of(false, true)));
  }

  /** One of the options, equally likely; the first is the default, its text the label. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T> Parameter<T> choice(String name, T... options) {
    return choice(name, Arrays.asList(options));
  }

  /** One of the options, equally likely; the first is the default, its text the label. */
  public static <T> Parameter<T> choice(String name, List<T> options) {
    return named(name, () -> CategoricalDomain.<T>of(options));
  }

  /** One of the options under its label, equally likely, in the map's order. */
  public static <T> Parameter<T> choice(String name, Map<String, T> optionsByLabel) {
    return named(name, () -> CategoricalDomain.<T>of(optionsByLabel));
  }

  /** One of the options, each with a positive weight. */
  public static <T> Parameter<T> weightedChoice(String name, List<T> options, double... weights) {
    return named(name, () -> CategoricalDomain.<T>of(options).withWeights(weights));
  }

  /** One of the options, given in ascending order; the middle one is the default. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T> Parameter<T> ordinal(String name, T... options) {
    return named(name, () -> OrdinalDomain.<T>of(Arrays.asList(options)));
  }

  /** Always this value: recorded with each trial, never varied. */
  public static <T> Parameter<T> fixed(String name, T value) {
    return choice(name, Collections.singletonList(value));
  }

  /**
   * A choice between branches.
   *
   * @param name the name of the selector, a parameter that takes the label of a branch
   */
  public static OneOf oneOf(String name, Branch... branches) {
    return new OneOf(name, List.of(branches));
  }

  /** A branch of {@link #oneOf}: these nodes are active when the selector has this label. */
  public static Branch when(String label, SpaceNode... nodes) {
    return new Branch(label, List.of(nodes));
  }

  private static Parameter<Double> quantized(
      String name, Shape shape, double first, double second, double q) {
    return named(
        name,
        () -> {
          if (!(q > 0)) {
            throw new IllegalArgumentException("the step q must be positive, got " + q);
          }
          return RealDomain.of(shape, first, second, q);
        });
  }

  private static Parameter<Double> real(
      String name, Shape shape, double first, double second, double step) {
    // The plain form of named(): a define-by-run objective comes here for each of its parameters.
    RealDomain domain;
    try {
      domain = RealDomain.of(shape, first, second, step);
    } catch (IllegalArgumentException e) {
      throw invalid(name, e);
    }
    return Parameter.of(name, domain);
  }

  private static <T> Parameter<T> named(
      String name, java.util.function.Supplier<Domain<T>> domain) {
    Domain<T> valid;
    try {
      valid = domain.get();
    } catch (IllegalArgumentException e) {
      throw invalid(name, e);
    }
    return Parameter.of(name, valid);
  }

  private static IllegalArgumentException invalid(String name, IllegalArgumentException cause) {
    return new IllegalArgumentException("parameter '" + name + "': " + cause.getMessage(), cause);
  }
}
