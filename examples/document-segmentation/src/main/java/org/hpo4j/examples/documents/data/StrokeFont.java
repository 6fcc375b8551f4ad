package org.hpo4j.examples.documents.data;

import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Capitals, digits and some signs as polylines on a grid of 4 by 6 (y down), so that a form looks
 * the same whatever fonts a machine has.
 */
final class StrokeFont {
  private static final int ROWS = 6;
  private static final double ADVANCE = 5.6;

  /** By character: points "xy" in a row make a polyline, commas separate polylines. */
  private static final String[] GLYPHS = {
    "A 06 20 46,14 34",
    "B 06 00 30 41 42 33 03,33 44 45 36 06",
    "C 41 30 10 01 05 16 36 45",
    "D 06 00 20 42 44 26 06",
    "E 40 00 06 46,03 33",
    "F 40 00 06,03 33",
    "G 41 30 10 01 05 16 36 45 43 23",
    "H 00 06,40 46,03 43",
    "I 20 26,10 30,16 36",
    "J 40 45 36 16 05",
    "K 00 06,40 03 46",
    "L 00 06 46",
    "M 06 00 23 40 46",
    "N 06 00 46 40",
    "O 10 30 41 45 36 16 05 01 10",
    "P 06 00 30 41 42 33 03",
    "Q 10 30 41 45 36 16 05 01 10,24 46",
    "R 06 00 30 41 42 33 03,23 46",
    "S 41 30 10 01 02 13 33 44 45 36 16 05",
    "T 00 40,20 26",
    "U 00 05 16 36 45 40",
    "V 00 26 40",
    "W 00 16 23 36 40",
    "X 00 46,40 06",
    "Y 00 23 40,23 26",
    "Z 00 40 06 46",
    "0 10 30 41 45 36 16 05 01 10,15 31",
    "1 12 20 26,16 36",
    "2 01 10 30 41 42 06 46",
    "3 00 40 23 33 44 45 36 16 05",
    "4 36 30 04 44",
    "5 40 00 02 32 43 45 36 06",
    "6 31 20 04 05 16 36 45 44 33 13 04",
    "7 00 40 16",
    "8 10 30 41 42 33 13 02 01 10,13 04 05 16 36 45 44 33",
    "9 15 26 42 41 30 10 01 02 13 33 42",
    "- 13 33",
    ". 15 16",
    "/ 06 40",
    ": 12 13,15 16",
    "# 11 15,31 35,02 42,04 44",
  };

  private StrokeFont() {}

  /** Returns the width of a text whose capitals are {@code height} high. */
  static double width(String text, double height) {
    return text.length() * ADVANCE * height / ROWS;
  }

  /** Returns the strokes of a text whose upper left corner is at (x, y). */
  static Path2D text(String text, double x, double y, double height) {
    return text(text, x, y, height, new Hand(null, 0, 0));
  }

  /** Returns the same, written by hand. */
  static Path2D text(String text, double x, double y, double height, Hand hand) {
    Path2D path = new Path2D.Double();
    double scale = height / ROWS;
    for (int i = 0; i < text.length(); i++) {
      double left = x + i * ADVANCE * scale;
      double lift = hand.shake();
      for (String line : glyph(text.charAt(i))) {
        boolean first = true;
        for (String point : line.split(" ", -1)) {
          double row = point.charAt(1) - '0';
          double column = point.charAt(0) - '0' + hand.slant * (ROWS - row);
          double px = left + (column + hand.shake()) * scale;
          double py = y + (row + lift + hand.shake()) * scale;
          if (first) {
            path.moveTo(px, py);
          } else {
            path.lineTo(px, py);
          }
          first = false;
        }
      }
    }
    return path;
  }

  private static List<String> glyph(char character) {
    for (String glyph : GLYPHS) {
      if (glyph.charAt(0) == character) {
        return Arrays.asList(glyph.substring(2).split(",", -1));
      }
    }
    if (character == ' ') {
      return List.of();
    }
    throw new IllegalArgumentException("no glyph for '" + character + "'");
  }

  /**
   * How a hand departs from print.
   *
   * @param dice null for print
   * @param tremble standard deviation of a point, in grid cells
   * @param slant columns to the right per row up
   */
  record Hand(@Nullable Dice dice, double tremble, double slant) {
    double shake() {
      return dice == null ? 0 : tremble * dice.gaussian();
    }
  }
}
