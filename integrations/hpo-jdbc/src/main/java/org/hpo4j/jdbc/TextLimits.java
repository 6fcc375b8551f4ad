package org.hpo4j.jdbc;

import java.nio.charset.StandardCharsets;

/**
 * How long texts may be.
 *
 * @param longestText how many bytes the longest value of an attribute may have
 */
record TextLimits(int longestText) {

  private static final int LONGEST_NAME = 512;
  private static final int MOST_BYTES_A_CHAR = 3;

  /**
   * Checks the name of something.
   *
   * @throws IllegalArgumentException if its column cannot hold it
   */
  static void requireName(String what, String name) {
    int length = name.codePointCount(0, name.length());
    if (length > LONGEST_NAME) {
      throw new IllegalArgumentException(
          what
              + " name must have at most "
              + LONGEST_NAME
              + " characters, got "
              + length
              + ": '"
              + name
              + "'");
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          what + " name must not contain the character U+0000, got '" + name + "'");
    }
  }

  /**
   * Checks a text.
   *
   * @throws IllegalArgumentException if its column cannot hold it
   */
  void requireText(String what, String text) {
    if (text.length() <= longestText / MOST_BYTES_A_CHAR) {
      return;
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > longestText) {
      throw new IllegalArgumentException(
          what
              + " must have at most "
              + longestText
              + " bytes as JSON in this database, got "
              + bytes);
    }
  }
}
