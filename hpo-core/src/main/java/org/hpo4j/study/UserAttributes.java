package org.hpo4j.study;

import org.hpo4j.json.Json;

/** The rules for what users keep with trials and studies. */
final class UserAttributes {

  private static final String OWN_PREFIX = "hpo4j:";
  private static final int LONGEST_KEY = 512;

  private UserAttributes() {}

  /**
   * A copy of the value that later changes to it cannot reach.
   *
   * @throws IllegalArgumentException if the key or the value cannot be kept
   */
  static Object checkedCopy(String key, Object value) {
    if (key.isBlank() || key.length() > LONGEST_KEY || key.startsWith(OWN_PREFIX)) {
      throw new IllegalArgumentException(
          "an attribute's key needs 1 to "
              + LONGEST_KEY
              + " characters, not all blank, and must not start with "
              + OWN_PREFIX
              + "; got '"
              + key
              + "'");
    }
    try {
      return Json.parse(Json.write(value)).orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("attribute '" + key + "': " + e.getMessage(), e);
    }
  }
}
