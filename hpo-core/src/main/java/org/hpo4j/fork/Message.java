package org.hpo4j.fork;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hpo4j.json.Json;

/**
 * A message between the two processes: a JSON object, one line.
 *
 * @param fields its fields
 */
record Message(Map<?, ?> fields) {

  static Message parse(String line) {
    if (Json.parse(line).orElse("") instanceof Map<?, ?> fields) {
      return new Message(fields);
    }
    throw new IllegalArgumentException("no message: " + line);
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  Object value(String key) {
    Object value = fields.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no '" + key + "' in the message " + fields);
    }
    return value;
  }

  String text(String key) {
    return String.valueOf(value(key));
  }

  Optional<String> findText(String key) {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  double number(String key) {
    if (value(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("'" + key + "' is no number in the message " + fields);
  }

  int integer(String key) {
    return (int) number(key);
  }

  List<?> list(String key) {
    if (value(key) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("'" + key + "' is no list in the message " + fields);
  }

  /** The object in a field. */
  Optional<Message> find(String key) {
    return fields.get(key) instanceof Map<?, ?> inner
        ? Optional.of(new Message(inner))
        : Optional.empty();
  }
}
