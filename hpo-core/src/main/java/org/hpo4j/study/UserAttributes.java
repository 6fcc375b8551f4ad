package org.hpo4j.study;

import java.util.List;
import java.util.Map;
import org.hpo4j.json.Json;
import org.hpo4j.json.Names;
import org.jspecify.annotations.Nullable;

/** The rules for what users keep with trials and studies. */
final class UserAttributes {

  private static final String OWN_PREFIX = "hpo4j:";

  /** Far less than what JSON parsers of other programs read, whose limits begin at 500. */
  private static final int DEEPEST = 100;

  private UserAttributes() {}

  /**
   * A copy of the value that later changes to it cannot reach.
   *
   * @throws IllegalArgumentException if the key or the value cannot be kept
   */
  static Object checkedCopy(String key, Object value) {
    Names.require("an attribute's key", key);
    if (key.startsWith(OWN_PREFIX)) {
      throw new IllegalArgumentException(
          "an attribute's key must not start with " + OWN_PREFIX + "; got '" + key + "'");
    }
    try {
      requireKeepable(value, 0);
      return Json.parse(Json.write(value)).orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("attribute '" + key + "': " + e.getMessage(), e);
    }
  }

  /** Checks what is inside a value, of which some may contain itself. */
  private static void requireKeepable(@Nullable Object value, int depth) {
    if ((value instanceof List || value instanceof Map) && depth == DEEPEST) {
      throw new IllegalArgumentException(
          "lists and maps may be nested "
              + DEEPEST
              + " deep; this value is nested "
              + (DEEPEST + 1)
              + " deep, or deeper");
    }
    if (value instanceof List<?> list) {
      list.forEach(element -> requireKeepable(element, depth + 1));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, element) -> {
            if (name instanceof String text) {
              Names.requireUnicode("a map's key", text);
            }
            requireKeepable(element, depth + 1);
          });
    }
  }
}
