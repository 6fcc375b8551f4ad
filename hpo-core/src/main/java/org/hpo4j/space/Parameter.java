package org.hpo4j.space;

import java.util.List;
import org.hpo4j.json.Names;

/**
 * A named domain with a default value: a typed key, equal to any other of the same name, domain and
 * default. {@link Parameters} has the factories.
 *
 * @param name unique in a study; 1 to 512 characters, not all blank
 * @param domain the allowed values
 * @param defaultCode the code of the value that the first trial tries
 * @param <T> the type of the values
 */
public record Parameter<T>(String name, Domain<T> domain, double defaultCode) implements SpaceNode {

  /** Checks the name and the default. */
  public Parameter {
    Names.require("a parameter's name", name);
    if (!domain.contains(defaultCode)) {
      throw new IllegalArgumentException(
          "parameter '" + name + "': the default " + defaultCode + " is not in " + domain);
    }
  }

  /**
   * A parameter with the usual default: the first option of a choice, {@code false} for a boolean,
   * the median of anything with an order.
   */
  public static <T> Parameter<T> of(String name, Domain<T> domain) {
    return new Parameter<>(
        name, domain, domain.isNominal() ? domain.codeAt(0) : domain.fromUnit(0.5));
  }

  /**
   * The same parameter with another default.
   *
   * @throws IllegalArgumentException if the value is not in the domain
   */
  public Parameter<T> withDefault(T value) {
    return new Parameter<>(name, domain, encode(value));
  }

  /** The value that the first trial tries. */
  public T defaultValue() {
    return domain.decode(defaultCode);
  }

  /**
   * These values, in this order, for {@link org.hpo4j.sampler.RunBuilder}.
   *
   * @throws IllegalArgumentException if there is none or one is not in the domain
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public final ParameterValues<T> values(T... values) {
    return new ParameterValues<>(this, List.of(values));
  }

  /** The code of a value, with an error that names this parameter. */
  public double encode(Object value) {
    try {
      return domain.encode(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("parameter '" + name + "': " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return name + ": " + domain.describe();
  }
}
