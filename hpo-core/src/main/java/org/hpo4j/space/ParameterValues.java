package org.hpo4j.space;

import java.util.List;

/**
 * A parameter with some of its values, in the order in which they shall be tried.
 *
 * @param parameter the parameter
 * @param values at least one value of its domain
 * @param <T> the type of the values
 */
public record ParameterValues<T>(Parameter<T> parameter, List<T> values) {

  /** Checks the values. */
  public ParameterValues {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "parameter '" + parameter.name() + "': needs at least one value");
    }
    values.forEach(parameter::encode);
  }
}
