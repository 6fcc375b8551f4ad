package org.hpo4j.sampler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.hpo4j.space.Configuration;
import org.hpo4j.space.Domain;
import org.hpo4j.space.Parameter;
import org.hpo4j.trial.TrialHistory;

/**
 * Finds the points of a grid that have the same parameters by the codes of their values. There is
 * one such index for each combination of branches, so that a trial takes a look-up in each of a few
 * hash tables instead of a comparison with every point.
 */
final class PointIndex {

  private final List<Parameter<?>> parameters;
  private final Map<Codes, Integer> places = new HashMap<>();
  private final List<Map<Object, Double>> codesByValue = new ArrayList<>();

  private PointIndex(List<Parameter<?>> parameters) {
    this.parameters = parameters;
  }

  /** Parameters as a key; their names tell them apart faster than their domains. */
  private record Shape(List<Parameter<?>> parameters) {

    @Override
    public int hashCode() {
      int hash = 1;
      for (Parameter<?> parameter : parameters) {
        hash = 31 * hash + parameter.name().hashCode();
      }
      return hash;
    }
  }

  /** A key of codes without NaN; the array is not copied. */
  private static final class Codes {

    private final double[] values;

    Codes(double[] values) {
      this.values = values;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Codes that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      // Codes are often small whole numbers, whose bits differ in the high half only.
      int hash = Arrays.hashCode(values);
      return hash ^ (hash >>> 20) ^ (hash >>> 12);
    }
  }

  /** The indexes of all points, whose places are those in the list. */
  static List<PointIndex> of(List<Configuration> points) {
    Map<Shape, PointIndex> indexes = new LinkedHashMap<>();
    for (int place = 0; place < points.size(); place++) {
      Configuration point = points.get(place);
      indexes
          .computeIfAbsent(
              new Shape(point.parameters()), shape -> new PointIndex(shape.parameters()))
          .add(point, place);
    }
    return List.copyOf(indexes.values());
  }

  private void add(Configuration point, int place) {
    double[] codes = new double[parameters.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = key(point.code(i));
    }
    places.put(new Codes(codes), place);
  }

  /** Zero has one key. */
  private static double key(double code) {
    return code + 0.0;
  }

  /** Tells the place of each point whose values a trial from here on has, or was given. */
  void forTried(TrialHistory history, int from, int to, IntConsumer tell) {
    int[] columns = new int[parameters.size()];
    DoubleUnaryOperator[] translations = new DoubleUnaryOperator[columns.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = history.columnOf(parameters.get(i).name());
      if (columns[i] < 0) {
        return;
      }
      translations[i] = translation(i, history.parameter(columns[i]).domain());
    }
    double[] codes = new double[columns.length];
    Codes given = new Codes(codes);
    for (int trial = from; trial < to; trial++) {
      boolean complete = true;
      for (int i = 0; complete && i < codes.length; i++) {
        double code = history.givenCode(columns[i], trial);
        codes[i] = key(translations[i].applyAsDouble(code));
        complete = !Double.isNaN(codes[i]);
      }
      Integer place = complete ? places.get(given) : null;
      if (place != null) {
        tell.accept(place);
      }
    }
  }

  /** From the codes of the study's domain to those of the points; NaN if no point has the value. */
  private DoubleUnaryOperator translation(int parameter, Domain<?> recorded) {
    if (recorded.equals(parameters.get(parameter).domain())) {
      return code -> code;
    }
    // Another program has widened the domain, or the study declares another than the points.
    Map<Object, Double> byValue = codesByValue().get(parameter);
    return code ->
        recorded.contains(code)
            ? byValue.getOrDefault(recorded.decode(code), Double.NaN)
            : Double.NaN;
  }

  /** By parameter; made once, since it takes a look at every point. */
  private synchronized List<Map<Object, Double>> codesByValue() {
    if (codesByValue.isEmpty()) {
      for (int i = 0; i < parameters.size(); i++) {
        int parameter = i;
        codesByValue.add(
            places.keySet().stream()
                .mapToDouble(codes -> codes.values[parameter])
                .distinct()
                .boxed()
                .collect(Collectors.toMap(parameters.get(i).domain()::decode, code -> code)));
      }
    }
    return codesByValue;
  }
}
