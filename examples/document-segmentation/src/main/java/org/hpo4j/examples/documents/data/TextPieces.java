package org.hpo4j.examples.documents.data;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.hpo4j.examples.documents.data.Sheet.Layer;

/** What is printed in letters and digits. */
final class TextPieces {
  /** Distance between the upper edges of lines, in heights of a capital. */
  private static final double PITCH = 1.7;

  private final Sheet sheet;
  private final Dice dice;
  private final Color ink;
  private final double unit;

  TextPieces(Sheet sheet, Dice dice, Color ink) {
    this.sheet = sheet;
    this.dice = dice;
    this.ink = ink;
    this.unit = sheet.unit();
  }

  /** Lines of words, marked line by line. */
  Piece paragraph() {
    int lines = dice.integer(2, 4);
    double width = dice.between(8, 14) * unit;
    return new Piece(
        width,
        lines * PITCH * unit,
        (x, y) -> {
          for (int i = 0; i < lines; i++) {
            double share = i == lines - 1 ? dice.between(0.4, 1) : 1;
            words(FormClass.PRINTED_TEXT, x, y + i * PITCH * unit, share * width, unit);
          }
        });
  }

  /** Fills a line with words and marks it. */
  void words(FormClass formClass, double x, double y, double width, double height) {
    int most = Math.max(1, (int) (width / StrokeFont.width("M", height)));
    StringBuilder text = new StringBuilder(dice.word(Math.min(2, most), Math.min(5, most)));
    while (true) {
      String longer = text + " " + dice.word(1, 6);
      if (StrokeFont.width(longer, height) > width) {
        break;
      }
      text = new StringBuilder(longer);
    }
    line(formClass, text.toString(), x, y, height, 0.16);
  }

  private void line(
      FormClass formClass, String text, double x, double y, double height, double weight) {
    sheet.stroke(Layer.PRINT, StrokeFont.text(text, x, y, height), weight * height, ink);
    sheet.mark(formClass, box(x, y, StrokeFont.width(text, height), height));
  }

  private Rectangle2D box(double x, double y, double width, double height) {
    double margin = 0.2 * unit;
    return new Rectangle2D.Double(x - margin, y - margin, width + margin, height + 2 * margin);
  }

  /** A number after a number sign, in larger digits, underlined. */
  Piece orderNumber() {
    String text =
        "#" + dice.digits(dice.integer(4, 6)) + (dice.chance(0.3) ? "-" + dice.digits(1) : "");
    double height = 1.35 * unit;
    double width = StrokeFont.width(text, height);
    return new Piece(
        width,
        height + 0.8 * unit,
        (x, y) -> {
          sheet.stroke(Layer.PRINT, StrokeFont.text(text, x, y, height), 0.22 * unit, ink);
          double below = y + height + 0.45 * unit;
          sheet.stroke(
              Layer.PRINT, new Line2D.Double(x, below, x + width, below), 0.12 * unit, ink);
          sheet.mark(FormClass.ORDER_NUMBER, box(x, y, width, height + 0.45 * unit));
        });
  }

  Piece heading() {
    String text = dice.word(5, 8);
    double height = 1.7 * unit;
    return new Piece(
        StrokeFont.width(text, height),
        height + 0.5 * unit,
        (x, y) -> line(FormClass.HEADING, text, x, y, height, 0.24));
  }

  Piece date() {
    String separator = dice.chance(0.5) ? "." : "/";
    String text =
        "%02d%s%02d%s20%s"
            .formatted(
                dice.integer(1, 28), separator, dice.integer(1, 12), separator, dice.digits(2));
    return new Piece(
        StrokeFont.width(text, unit),
        1.5 * unit,
        (x, y) -> line(FormClass.DATE, text, x, y, unit, 0.16));
  }

  Piece pageNumber() {
    String text = "- " + dice.digits(dice.integer(1, 2)) + " -";
    double height = 0.9 * unit;
    return new Piece(
        StrokeFont.width(text, height),
        1.3 * unit,
        (x, y) -> line(FormClass.PAGE_NUMBER, text, x, y, height, 0.16));
  }

  /** A sum of money in a frame whose lower edge is doubled. */
  Piece amount() {
    String text = dice.digits(dice.integer(3, 4)) + "." + dice.digits(2);
    double width = StrokeFont.width(text, unit) + unit;
    double height = 2.2 * unit;
    return new Piece(
        width,
        height + 0.6 * unit,
        (x, y) -> {
          Rectangle2D frame = new Rectangle2D.Double(x, y, width, height);
          sheet.stroke(Layer.PRINT, frame, 0.14 * unit, ink);
          double below = y + height + 0.4 * unit;
          sheet.stroke(
              Layer.PRINT, new Line2D.Double(x, below, x + width, below), 0.14 * unit, ink);
          sheet.stroke(
              Layer.PRINT,
              StrokeFont.text(text, x + 0.6 * unit, y + 0.6 * unit, unit),
              0.2 * unit,
              ink);
          sheet.mark(FormClass.AMOUNT, box(x, y, width, height + 0.4 * unit));
        });
  }

  /** A ruled table: most cells hold words, which are printed text too. */
  Piece table() {
    int columns = dice.integer(2, 3);
    int rows = dice.integer(3, 4);
    double cellWidth = dice.between(3, 4.5) * unit;
    double cellHeight = 1.8 * unit;
    double width = columns * cellWidth;
    double height = rows * cellHeight;
    return new Piece(
        width,
        height + 0.4 * unit,
        (x, y) -> {
          Rectangle2D header = new Rectangle2D.Double(x, y, width, cellHeight);
          if (dice.chance(0.6)) {
            sheet.fill(Layer.PRINT, header, new Color(205, 205, 208));
          }
          for (int i = 0; i <= rows; i++) {
            rule(x, y + i * cellHeight, x + width, y + i * cellHeight);
          }
          for (int i = 0; i <= columns; i++) {
            rule(x + i * cellWidth, y, x + i * cellWidth, y + height);
          }
          for (int cell = 0; cell < rows * columns; cell++) {
            if (dice.chance(0.6)) {
              double left = x + cell % columns * cellWidth + 0.5 * unit;
              int row = cell / columns;
              double top = y + row * cellHeight + 0.5 * unit;
              words(FormClass.PRINTED_TEXT, left, top, cellWidth - unit, 0.8 * unit);
            }
          }
          sheet.mark(FormClass.TABLE, new Rectangle2D.Double(x, y, width, height));
          sheet.mark(FormClass.TABLE_HEADER, header);
        });
  }

  private void rule(double x1, double y1, double x2, double y2) {
    sheet.stroke(Layer.PRINT, new Line2D.Double(x1, y1, x2, y2), 0.13 * unit, ink);
  }
}
