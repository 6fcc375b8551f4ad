package org.hpo4j.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hpo4j.json.Names;

/** The labelled options of a categorical or ordinal domain. */
final class Options<T> {

  private final List<T> values;
  private final List<String> labels;
  private final Map<String, Integer> indexByLabel = new HashMap<>();

  private Options(String text, List<T> values, List<String> labels) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(text + ": needs at least one option");
    }
    this.values = List.copyOf(values);
    this.labels = List.copyOf(labels);
    for (int i = 0; i < labels.size(); i++) {
      Names.requireUnicode(text + ": the label of option " + i, labels.get(i));
      Integer earlier = indexByLabel.putIfAbsent(labels.get(i), i);
      if (earlier != null) {
        throw new IllegalArgumentException(
            text
                + ": options "
                + earlier
                + " and "
                + i
                + " have the same label '"
                + labels.get(i)
                + "'; labels must be unique");
      }
    }
  }

  static <T> Options<T> of(String kind, List<? extends T> values) {
    requireNoNull(kind, values);
    List<String> labels = new ArrayList<>();
    for (T value : values) {
      labels.add(stableLabel(kind, value));
    }
    return new Options<>(kind, new ArrayList<>(values), labels);
  }

  static <T> Options<T> of(String kind, Map<String, ? extends T> valuesByLabel) {
    List<T> values = new ArrayList<>(valuesByLabel.values());
    requireNoNull(kind, values);
    return new Options<>(kind, values, new ArrayList<>(valuesByLabel.keySet()));
  }

  private static void requireNoNull(String kind, List<?> values) {
    int place = 0;
    for (Object value : values) {
      if (value == null) {
        throw new IllegalArgumentException(
            kind + ": option " + place + " is null; name the absence, such as \"none\"");
      }
      place++;
    }
  }

  /** Text that is the same in every process; an identity hash is not. */
  private static String stableLabel(String kind, Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Class<?> type) {
      return type.getName();
    }
    try {
      if (value.getClass().getMethod("toString").getDeclaringClass() == Object.class) {
        throw new IllegalArgumentException(
            kind
                + ": an option of "
                + value.getClass()
                + " has no text of its own (toString is Object's); name each option by passing a"
                + " map of label to option");
      }
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every class has toString", e);
    }
    return value.toString();
  }

  int size() {
    return values.size();
  }

  List<T> values() {
    return values;
  }

  List<String> labels() {
    return labels;
  }

  boolean contains(double code) {
    return code >= 0 && code < values.size() && code == Math.rint(code);
  }

  T decode(double code, String description) {
    if (!contains(code)) {
      throw new IllegalArgumentException("option " + code + " is not in " + description);
    }
    return values.get((int) code);
  }

  double encode(Object value, String description) {
    if (value == null) {
      throw new IllegalArgumentException("null is not in " + description);
    }
    int index = values.indexOf(value);
    if (index < 0 && value instanceof Long number && number == number.intValue()) {
      // Read from a text, which does not tell an int.
      index = values.indexOf(number.intValue());
    }
    if (index >= 0) {
      return index;
    }
    Integer byLabel = indexByLabel.get(value.toString());
    if (byLabel == null) {
      throw new IllegalArgumentException("'" + value + "' is not in " + description);
    }
    return byLabel;
  }

  String describe(String kind) {
    return labels.stream().collect(Collectors.joining(", ", kind + "(", ")"));
  }
}
