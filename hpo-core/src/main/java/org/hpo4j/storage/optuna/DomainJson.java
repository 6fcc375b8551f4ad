package org.hpo4j.storage.optuna;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.space.CategoricalDomain;
import org.hpo4j.space.Domain;
import org.hpo4j.space.IntegerDomain;
import org.hpo4j.space.OrdinalDomain;
import org.hpo4j.space.Parameter;
import org.hpo4j.space.RealDomain;
import org.hpo4j.space.RealDomain.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The exact domain and default of a parameter as a JSON value: what a study keeps under {@code
 * hpo4j:domain:<name>}, since Optuna's distributions tell less. Options that are no plain values
 * become their labels. For the library's own packages; not part of the API.
 */
public final class DomainJson {

  private DomainJson() {}

  /** The domain and default. */
  public static Map<String, Object> write(Parameter<?> parameter) {
    Map<String, Object> json = new LinkedHashMap<>();
    Domain<?> domain = parameter.domain();
    if (domain instanceof RealDomain d) {
      json.put("kind", "real");
      json.put("shape", d.shape().name());
      json.put("first", d.first());
      json.put("second", d.second());
      json.put("step", d.step());
    } else if (domain instanceof IntegerDomain d) {
      json.put("kind", "integer");
      json.put("low", d.low());
      json.put("high", d.high());
      json.put("step", d.step());
      json.put("log", d.log());
    } else if (domain instanceof CategoricalDomain<?> d) {
      json.put("kind", "categorical");
      json.put("labels", d.labels());
      json.put("choices", Distribution.choicesOf(d));
      if (d.isWeighted()) {
        json.put("weights", d.weights());
      }
    } else if (domain instanceof OrdinalDomain<?> d) {
      json.put("kind", "ordinal");
      json.put("labels", d.labels());
      json.put("choices", Distribution.choicesOf(d));
    }
    json.put("default", parameter.defaultCode());
    return json;
  }

  /**
   * The parameter that was written.
   *
   * @throws IllegalArgumentException if the value is none
   */
  public static Parameter<?> read(String name, @Nullable Object json) {
    if (!(json instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("parameter '" + name + "': no domain: " + json);
    }
    double defaultCode = number(name, map, "default");
    return switch (String.valueOf(map.get("kind"))) {
      case "real" -> new Parameter<>(name, real(name, map), defaultCode);
      case "integer" ->
          new Parameter<>(
              name,
              new IntegerDomain(
                  (int) number(name, map, "low"),
                  (int) number(name, map, "high"),
                  (int) number(name, map, "step"),
                  Boolean.TRUE.equals(map.get("log"))),
              defaultCode);
      case "categorical" -> new Parameter<>(name, categorical(name, map), defaultCode);
      case "ordinal" -> new Parameter<>(name, OrdinalDomain.of(options(name, map)), defaultCode);
      default -> throw unknown(name, map);
    };
  }

  private static Domain<Double> real(String name, Map<?, ?> map) {
    for (Shape shape : Shape.values()) {
      if (shape.name().equals(map.get("shape"))) {
        return RealDomain.of(
            shape,
            number(name, map, "first"),
            number(name, map, "second"),
            number(name, map, "step"));
      }
    }
    throw unknown(name, map);
  }

  private static Domain<Object> categorical(String name, Map<?, ?> map) {
    CategoricalDomain<Object> domain = CategoricalDomain.of(options(name, map));
    if (map.get("weights") instanceof List<?> weights) {
      return domain.withWeights(
          weights.stream().mapToDouble(weight -> ((Number) weight).doubleValue()).toArray());
    }
    return domain;
  }

  private static Map<String, Object> options(String name, Map<?, ?> map) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (map.get("labels") instanceof List<?> labels
        && map.get("choices") instanceof List<?> choices
        && labels.size() == choices.size()) {
      for (int i = 0; i < labels.size(); i++) {
        Object choice = choices.get(i);
        boolean small = choice instanceof Long n && n == n.intValue();
        options.put(
            String.valueOf(labels.get(i)), small ? (Object) ((Long) choice).intValue() : choice);
      }
      return options;
    }
    throw unknown(name, map);
  }

  private static double number(String name, Map<?, ?> map, String key) {
    if (map.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw unknown(name, map);
  }

  private static IllegalArgumentException unknown(String name, Map<?, ?> map) {
    return new IllegalArgumentException(
        "parameter '" + name + "': unknown domain " + map + "; a newer hpo4j may have written it");
  }
}
