package org.hpo4j.space;

import java.util.List;
import java.util.Map;

/**
 * Options with an order but no distances, all equally likely: small, medium, large. Samplers treat
 * neighbours as alike. Two domains are equal when their labels are.
 *
 * @param <T> the type of the options
 */
public final class OrdinalDomain<T> implements Domain<T> {

  private final Options<T> options;

  private OrdinalDomain(Options<T> options) {
    this.options = options;
  }

  /**
   * Options in ascending order, labelled by their text.
   *
   * @throws IllegalArgumentException if there is no option, two have the same text, or one has no
   *     text of its own
   */
  public static <T> OrdinalDomain<T> of(List<? extends T> options) {
    return new OrdinalDomain<>(Options.of("ordinal", options));
  }

  /** Options in the map's ascending order, under labels of their own. */
  public static <T> OrdinalDomain<T> of(Map<String, ? extends T> optionsByLabel) {
    return new OrdinalDomain<>(Options.of("ordinal", optionsByLabel));
  }

  /** The options in ascending order. */
  public List<T> options() {
    return options.values();
  }

  /** The labels in the options' order. */
  public List<String> labels() {
    return options.labels();
  }

  @Override
  public T decode(double code) {
    return options.decode(code, describe());
  }

  @Override
  public double encode(Object value) {
    return options.encode(value, describe());
  }

  @Override
  public boolean contains(double code) {
    return options.contains(code);
  }

  @Override
  public double toUnit(double code) {
    return (code + 0.5) / options.size();
  }

  @Override
  public double cellLow(double code) {
    return code / options.size();
  }

  @Override
  public double cellHigh(double code) {
    return (code + 1) / options.size();
  }

  @Override
  public double fromUnit(double u) {
    return Math.min(Math.floor(Law.clamp(u, 0, 1) * options.size()), options.size() - 1.0);
  }

  @Override
  public long cardinality() {
    return options.size();
  }

  @Override
  public double codeAt(long index) {
    if (index < 0 || index >= options.size()) {
      throw new IllegalArgumentException(describe() + " has no value at index " + index);
    }
    return index;
  }

  @Override
  public String label(double code) {
    return options.labels().get((int) code);
  }

  @Override
  public String describe() {
    return options.describe("ordinal");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrdinalDomain<?> that && labels().equals(that.labels());
  }

  @Override
  public int hashCode() {
    return labels().hashCode() + 1;
  }

  @Override
  public String toString() {
    return describe();
  }
}
