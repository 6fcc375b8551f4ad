package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class TextWrap {

  private TextWrap() {}

  /**
   * Lines of at most {@code width} characters, broken at spaces; a longer word has a line of its
   * own.
   *
   * @param indent what every line but the first begins with
   */
  static List<String> wrap(String text, int width, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(indent).append(word);
      } else {
        line.append(line.length() == 0 ? "" : " ").append(word);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** The text on one line of at most {@code width} characters, its end replaced by "..." if cut. */
  static String shorten(String text, int width) {
    String flat = text.strip().replaceAll("\\s+", " ");
    return flat.length() <= width ? flat : flat.substring(0, width - 3) + "...";
  }
}
