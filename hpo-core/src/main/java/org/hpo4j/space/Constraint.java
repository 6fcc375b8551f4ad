package org.hpo4j.space;

import java.util.List;
import java.util.function.Predicate;

/**
 * A condition between parameters. It applies only to configurations in which all its parameters are
 * active.
 *
 * @param description the condition in words or symbols, for messages
 * @param parameters the parameters that it reads; empty means that it always applies
 * @param predicate whether a configuration satisfies it; a pure function
 */
public record Constraint(
    String description, List<Parameter<?>> parameters, Predicate<Configuration> predicate) {

  /** Copies the parameters. */
  public Constraint {
    parameters = List.copyOf(parameters);
  }

  /** Any condition. */
  public static Constraint that(
      String description, Predicate<Configuration> predicate, Parameter<?>... parameters) {
    return new Constraint(description, List.of(parameters), predicate);
  }

  /** {@code smaller < larger}. */
  public static <T extends Comparable<? super T>> Constraint lessThan(
      Parameter<T> smaller, Parameter<T> larger) {
    return that(
        smaller.name() + " < " + larger.name(),
        c -> c.get(smaller).compareTo(c.get(larger)) < 0,
        smaller,
        larger);
  }

  /** {@code smaller <= larger}. */
  public static <T extends Comparable<? super T>> Constraint atMost(
      Parameter<T> smaller, Parameter<T> larger) {
    return that(
        smaller.name() + " <= " + larger.name(),
        c -> c.get(smaller).compareTo(c.get(larger)) <= 0,
        smaller,
        larger);
  }

  /** The values' sum is at most {@code limit}. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static Constraint sumAtMost(double limit, Parameter<? extends Number>... terms) {
    List<Parameter<? extends Number>> list = requireSum(limit, List.of(terms));
    return new Constraint(
        sumOf(list) + " <= " + limit, List.copyOf(list), c -> sum(c, list) <= limit);
  }

  /** The values' sum is at least {@code limit}. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static Constraint sumAtLeast(double limit, Parameter<? extends Number>... terms) {
    List<Parameter<? extends Number>> list = requireSum(limit, List.of(terms));
    return new Constraint(
        sumOf(list) + " >= " + limit, List.copyOf(list), c -> sum(c, list) >= limit);
  }

  private static List<Parameter<? extends Number>> requireSum(
      double limit, List<Parameter<? extends Number>> terms) {
    if (Double.isNaN(limit) || terms.isEmpty()) {
      throw new IllegalArgumentException(
          "a sum needs a limit that is a number and at least one parameter, got "
              + limit
              + " and "
              + terms);
    }
    return terms;
  }

  private static String sumOf(List<Parameter<? extends Number>> terms) {
    return String.join(" + ", terms.stream().map(Parameter::name).toList());
  }

  private static double sum(Configuration configuration, List<Parameter<? extends Number>> terms) {
    double sum = 0;
    for (Parameter<? extends Number> term : terms) {
      sum += configuration.get(term).doubleValue();
    }
    return sum;
  }

  /** Whether the configuration satisfies the condition or lacks one of its parameters. */
  public boolean isSatisfiedBy(Configuration configuration) {
    for (Parameter<?> parameter : parameters) {
      if (!configuration.contains(parameter)) {
        return true;
      }
    }
    return predicate.test(configuration);
  }

  @Override
  public String toString() {
    return description;
  }
}
