package org.hpo4j.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * An immutable assignment of values to parameters, in the order in which they were chosen. Two
 * configurations are equal when they give the same parameters the same values, in any order.
 */
public final class Configuration {

  private static final Configuration EMPTY = new Configuration(List.of(), new double[0]);

  private final List<Parameter<?>> parameters;
  private final double[] codes;

  private Configuration(List<Parameter<?>> parameters, double[] codes) {
    this.parameters = parameters;
    this.codes = codes;
  }

  /** A configuration without parameters. */
  public static Configuration empty() {
    return EMPTY;
  }

  /** A builder without parameters. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many parameters have a value. */
  public int size() {
    return codes.length;
  }

  /** The parameters that have a value, in the order of choice. */
  public List<Parameter<?>> parameters() {
    return parameters;
  }

  /** The code of the {@code index}-th parameter's value. */
  public double code(int index) {
    return codes[index];
  }

  /** The place of the parameter of this name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < codes.length; i++) {
      if (parameters.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the parameter of this name has a value. */
  public boolean contains(String name) {
    return indexOf(name) >= 0;
  }

  /** Whether the parameter, by name, has a value. */
  public boolean contains(Parameter<?> parameter) {
    return contains(parameter.name());
  }

  /**
   * The value of a parameter.
   *
   * @throws NoSuchElementException if it has none here
   * @throws IllegalArgumentException if the value kept under its name is not in its domain
   */
  public <T> T get(Parameter<T> parameter) {
    int index = existing(parameter.name());
    Parameter<?> own = parameters.get(index);
    return own.domain().equals(parameter.domain())
        ? parameter.domain().decode(codes[index])
        : parameter.domain().decode(parameter.encode(get(parameter.name())));
  }

  /**
   * The value of the parameter of this name.
   *
   * @throws NoSuchElementException if it has none here
   */
  public Object get(String name) {
    int index = existing(name);
    return parameters.get(index).domain().decode(codes[index]);
  }

  private int existing(String name) {
    int index = indexOf(name);
    if (index < 0) {
      throw new NoSuchElementException(
          "no parameter '"
              + name
              + "' in this configuration; it has "
              + parameters.stream().map(Parameter::name).toList());
    }
    return index;
  }

  /** The values by name, in the order of choice. */
  public Map<String, Object> toMap() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < codes.length; i++) {
      values.put(parameters.get(i).name(), parameters.get(i).domain().decode(codes[i]));
    }
    return values;
  }

  /** A builder that starts with these values. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    for (int i = 0; i < codes.length; i++) {
      builder.put(parameters.get(i), codes[i]);
    }
    return builder;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Configuration that) || that.size() != size()) {
      return false;
    }
    for (int i = 0; i < codes.length; i++) {
      int j = that.indexOf(parameters.get(i).name());
      if (j < 0
          || that.codes[j] != codes[i]
          || !that.parameters.get(j).domain().equals(parameters.get(i).domain())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = 0; i < codes.length; i++) {
      hash += parameters.get(i).name().hashCode() ^ Double.hashCode(codes[i] + 0.0);
    }
    return hash;
  }

  /** The labels of the values by name, such as {@code {lr=0.1, units=64}}. */
  @Override
  public String toString() {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < codes.length; i++) {
      entries.add(parameters.get(i).name() + "=" + parameters.get(i).domain().label(codes[i]));
    }
    return entries.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  /** Collects values one by one. */
  public static final class Builder {

    private final List<Parameter<?>> parameters = new ArrayList<>();
    private double[] codes = new double[8];

    private Builder() {}

    /**
     * Gives a parameter a value by its code; an earlier value of the same name is replaced.
     *
     * @throws IllegalArgumentException if the domain does not contain the code
     */
    public Builder put(Parameter<?> parameter, double code) {
      if (!parameter.domain().contains(code)) {
        throw new IllegalArgumentException(
            "parameter '" + parameter.name() + "': " + code + " is not in " + parameter.domain());
      }
      int index = indexOf(parameter.name());
      if (index < 0) {
        index = parameters.size();
        parameters.add(parameter);
        if (index == codes.length) {
          codes = Arrays.copyOf(codes, 2 * index);
        }
      } else {
        parameters.set(index, parameter);
      }
      codes[index] = code;
      return this;
    }

    /**
     * Gives a parameter a value.
     *
     * @throws IllegalArgumentException if it is not in the domain
     */
    public <T> Builder set(Parameter<T> parameter, T value) {
      return put(parameter, parameter.encode(value));
    }

    /** The code given so far, or NaN. */
    double code(Parameter<?> parameter) {
      int index = indexOf(parameter.name());
      return index < 0 ? Double.NaN : codes[index];
    }

    private int indexOf(String name) {
      for (int i = 0; i < parameters.size(); i++) {
        if (parameters.get(i).name().equals(name)) {
          return i;
        }
      }
      return -1;
    }

    /** The configuration of the values so far. */
    public Configuration build() {
      return new Configuration(List.copyOf(parameters), Arrays.copyOf(codes, parameters.size()));
    }
  }
}
