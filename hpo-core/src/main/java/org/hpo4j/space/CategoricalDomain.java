package org.hpo4j.space;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Options without an order, each with a unique label and a probability; equal probabilities unless
 * weights are given. Two domains are equal when their labels and probabilities are, since the
 * options themselves (layers, lambdas) need not know equality.
 *
 * @param <T> the type of the options
 */
public final class CategoricalDomain<T> implements Domain<T> {

  /** For weights whose sum overflows: a power of two, which changes none of their digits. */
  private static final double OVERFLOW_SCALE = 0x1p-64;

  private final Options<T> options;
  private final boolean weighted;
  private final List<Double> weights;

  /** {@code edges[i]} and {@code edges[i + 1]} bound the cell of option i; from 0 to 1. */
  private final double[] edges;

  private CategoricalDomain(Options<T> options, double[] weights) {
    this.options = options;
    this.weighted = weights.length > 0;
    this.weights = Arrays.stream(weights).boxed().toList();
    int n = options.size();
    this.edges = new double[n + 1];
    double scale = Double.isInfinite(Arrays.stream(weights).sum()) ? OVERFLOW_SCALE : 1;
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += weighted ? scale * weights[i] : 1;
      edges[i + 1] = total;
    }
    for (int i = 0; i <= n; i++) {
      edges[i] /= total;
    }
  }

  /**
   * Equally likely options, labelled by their text.
   *
   * @throws IllegalArgumentException if there is no option, two have the same text, or one has no
   *     text of its own
   */
  public static <T> CategoricalDomain<T> of(List<? extends T> options) {
    return new CategoricalDomain<>(Options.of("choice", options), new double[0]);
  }

  /** Equally likely options under labels of their own, in the map's order. */
  public static <T> CategoricalDomain<T> of(Map<String, ? extends T> optionsByLabel) {
    return new CategoricalDomain<>(Options.of("choice", optionsByLabel), new double[0]);
  }

  /**
   * The same options with other probabilities.
   *
   * @param weights one positive finite number an option; they need not sum to 1
   */
  public CategoricalDomain<T> withWeights(double... weights) {
    if (weights.length != options.size()) {
      throw new IllegalArgumentException(
          describe() + ": needs " + options.size() + " weights, got " + weights.length);
    }
    for (double weight : weights) {
      if (!(weight > 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException(
            describe() + ": weights must be positive and finite, got " + Arrays.toString(weights));
      }
    }
    CategoricalDomain<T> weightedDomain = new CategoricalDomain<>(options, weights);
    for (int option = 0; option < weights.length; option++) {
      if (!(weightedDomain.probability(option) > 0)) {
        throw new IllegalArgumentException(
            describe()
                + ": the weights are too far apart for doubles, got "
                + Arrays.toString(weights));
      }
    }
    return weightedDomain;
  }

  /** The options in order. */
  public List<T> options() {
    return options.values();
  }

  /** The labels in the options' order. */
  public List<String> labels() {
    return options.labels();
  }

  /** The probability of an option before anything is known, in (0, 1]. */
  public double probability(int option) {
    return edges[option + 1] - edges[option];
  }

  /** Whether probabilities were given. */
  public boolean isWeighted() {
    return weighted;
  }

  /** The weights as they were given; empty if none were. */
  public List<Double> weights() {
    return weights;
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
    return 0.5 * (cellLow(code) + cellHigh(code));
  }

  @Override
  public double cellLow(double code) {
    return edges[(int) code];
  }

  @Override
  public double cellHigh(double code) {
    return edges[(int) code + 1];
  }

  @Override
  public double fromUnit(double u) {
    int option = 0;
    while (option < options.size() - 1 && u >= edges[option + 1]) {
      option++;
    }
    return option;
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
  public boolean isNominal() {
    return true;
  }

  @Override
  public String label(double code) {
    return options.labels().get((int) code);
  }

  @Override
  public String describe() {
    String text = options.describe("choice");
    if (!weighted) {
      return text;
    }
    double[] probabilities = new double[options.size()];
    Arrays.setAll(probabilities, this::probability);
    return text + " with probabilities " + Arrays.toString(probabilities);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CategoricalDomain<?> that
        && labels().equals(that.labels())
        && Arrays.equals(edges, that.edges);
  }

  @Override
  public int hashCode() {
    return labels().hashCode();
  }

  @Override
  public String toString() {
    return describe();
  }
}
