package org.hpo4j.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.Parameters;

/**
 * The values of one trial, asked for by name while a model is built: the argument of a model
 * builder {@code hp -> model}.
 *
 * <p>Asking twice for a name gives the same value. Asking again with another domain is an error.
 * All bounds are inclusive; {@link Parameters} describes each domain. For a default of your own,
 * ask with {@code hp.suggest(uniform("dropout", 0, 0.5).withDefault(0.1))}.
 */
public interface HyperParameters {

  /**
   * The value of a parameter.
   *
   * @throws IllegalArgumentException if the name is in use with another domain, or a value that was
   *     fixed beforehand is not in the domain
   */
  <T> T suggest(Parameter<T> parameter);

  /** An integer in [low, high]. */
  default int integer(String name, int low, int high) {
    return suggest(Parameters.integer(name, low, high));
  }

  /** One of low, low + step, ... up to high. */
  default int integer(String name, int low, int high, int step) {
    return suggest(Parameters.integer(name, low, high, step));
  }

  /** An integer in [low, high], uniform in the logarithm. */
  default int logInteger(String name, int low, int high) {
    return suggest(Parameters.logInteger(name, low, high));
  }

  /** A real number in [low, high]. */
  default double uniform(String name, double low, double high) {
    return suggest(Parameters.uniform(name, low, high));
  }

  /** A real number in [low, high], uniform in the logarithm. */
  default double logUniform(String name, double low, double high) {
    return suggest(Parameters.logUniform(name, low, high));
  }

  /** A multiple of q in [low, high]. */
  default double quniform(String name, double low, double high, double q) {
    return suggest(Parameters.quniform(name, low, high, q));
  }

  /** A multiple of q in [low, high], uniform in the logarithm. */
  default double qlogUniform(String name, double low, double high, double q) {
    return suggest(Parameters.qlogUniform(name, low, high, q));
  }

  /** A normal number. */
  default double normal(String name, double mean, double standardDeviation) {
    return suggest(Parameters.normal(name, mean, standardDeviation));
  }

  /** A multiple of q, normal before rounding. */
  default double qnormal(String name, double mean, double standardDeviation, double q) {
    return suggest(Parameters.qnormal(name, mean, standardDeviation, q));
  }

  /** A number whose logarithm is normal. */
  default double logNormal(String name, double logMean, double logStandardDeviation) {
    return suggest(Parameters.logNormal(name, logMean, logStandardDeviation));
  }

  /** A multiple of q, log-normal before rounding. */
  default double qlogNormal(String name, double logMean, double logStandardDeviation, double q) {
    return suggest(Parameters.qlogNormal(name, logMean, logStandardDeviation, q));
  }

  /** True or false; false is the default. */
  default boolean bool(String name) {
    return suggest(Parameters.bool(name));
  }

  /** One of the options; the first is the default. */
  @SuppressWarnings({"unchecked", "varargs"}) // the array is only read
  default <T> T choice(String name, T... options) {
    return suggest(Parameters.choice(name, Arrays.asList(options)));
  }

  /** One of the options; the first is the default. */
  default <T> T choice(String name, List<T> options) {
    return suggest(Parameters.choice(name, options));
  }

  /** One of the options under its label, in the map's order; the first is the default. */
  default <T> T choice(String name, Map<String, T> optionsByLabel) {
    return suggest(Parameters.choice(name, optionsByLabel));
  }

  /** One of the options, each with a positive weight; the first is the default. */
  default <T> T weightedChoice(String name, List<T> options, double... weights) {
    return suggest(Parameters.weightedChoice(name, options, weights));
  }

  /** One of the options, given in ascending order. */
  @SuppressWarnings({"unchecked", "varargs"}) // the array is only read
  default <T> T ordinal(String name, T... options) {
    return suggest(Parameters.ordinal(name, options));
  }

  /** This value, recorded with the trial. */
  default <T> T fixed(String name, T value) {
    return suggest(Parameters.fixed(name, value));
  }

  /**
   * Values given by name, for unit tests of model builders; asking for any other name gives the
   * parameter's default.
   */
  static HyperParameters fixed(Map<String, ?> values) {
    return new FixedHyperParameters(values);
  }

  /** The values of a configuration; asking for any other name gives the parameter's default. */
  static HyperParameters of(Configuration configuration) {
    return new FixedHyperParameters(configuration);
  }

  /** The default of every parameter. */
  static HyperParameters defaults() {
    return new FixedHyperParameters(Map.of());
  }
}
