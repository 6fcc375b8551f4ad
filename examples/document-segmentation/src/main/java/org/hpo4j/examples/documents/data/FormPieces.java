package org.hpo4j.examples.documents.data;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.hpo4j.examples.documents.data.Sheet.Layer;

/** What is printed but is no text, and the places to fill in. */
final class FormPieces {
  private final Sheet sheet;
  private final Dice dice;
  private final Color ink;
  private final TextPieces text;
  private final HandPieces hand;
  private final double unit;

  FormPieces(Sheet sheet, Dice dice, Color ink, TextPieces text, HandPieces hand) {
    this.sheet = sheet;
    this.dice = dice;
    this.ink = ink;
    this.text = text;
    this.hand = hand;
    this.unit = sheet.unit();
  }

  /** A label and a line to write on; most lines have been written on. */
  Piece field() {
    double label = dice.between(2.5, 4) * unit;
    double line = dice.between(6, 9) * unit;
    double height = 2 * unit;
    return new Piece(
        label + line,
        height + 0.3 * unit,
        (x, y) -> {
          if (sheet.has(FormClass.FIELD_LABEL)) {
            text.words(FormClass.FIELD_LABEL, x, y + height - 0.8 * unit, label, 0.7 * unit);
          }
          double left = x + label + 0.4 * unit;
          if (sheet.has(FormClass.FIELD_LINE)) {
            double at = y + height;
            for (double dot = left; dot < x + label + line; dot += 0.5 * unit) {
              sheet.stroke(
                  Layer.PRINT, new Line2D.Double(dot, at, dot + 0.2 * unit, at), 0.14 * unit, ink);
            }
            sheet.mark(
                FormClass.FIELD_LINE,
                new Rectangle2D.Double(left, at - 0.4 * unit, line - 0.4 * unit, 0.8 * unit));
          }
          if (dice.chance(0.7)) {
            hand.handwriting(left, y + 0.2 * unit, line - unit);
          }
        });
  }

  Piece checkBox() {
    double side = 1.6 * unit;
    return new Piece(
        side + unit,
        side + 0.8 * unit,
        (x, y) -> {
          Rectangle2D box = new Rectangle2D.Double(x + 0.3 * unit, y + 0.4 * unit, side, side);
          sheet.stroke(Layer.PRINT, box, 0.15 * unit, ink);
          sheet.mark(FormClass.CHECK_BOX, box);
          if (sheet.has(FormClass.CHECK_MARK) && dice.chance(0.6)) {
            hand.checkMark(box);
          }
        });
  }

  Piece barcode() {
    double width = dice.between(6, 10) * unit;
    double height = dice.between(2.2, 3.2) * unit;
    return new Piece(
        width,
        height + 0.3 * unit,
        (x, y) -> {
          double at = x;
          while (at < x + width) {
            double bar = dice.integer(1, 3) * 0.14 * unit;
            sheet.fill(Layer.PRINT, new Rectangle2D.Double(at, y, bar, height), ink);
            at += bar + dice.integer(1, 3) * 0.14 * unit;
          }
          sheet.mark(FormClass.BARCODE, new Rectangle2D.Double(x, y, width, height));
        });
  }

  /** Squares of a grid with a finder pattern in three corners. */
  Piece matrixCode() {
    int modules = 11;
    double module = 0.36 * unit;
    double side = modules * module;
    return new Piece(
        side,
        side + 0.3 * unit,
        (x, y) -> {
          for (int i = 0; i < modules * modules; i++) {
            int u = i % modules;
            int v = i / modules;
            if (isFinder(u, v, modules) || (!nearFinder(u, v, modules) && dice.chance(0.5))) {
              sheet.fill(
                  Layer.PRINT,
                  new Rectangle2D.Double(x + u * module, y + v * module, module, module),
                  ink);
            }
          }
          sheet.mark(FormClass.MATRIX_CODE, new Rectangle2D.Double(x, y, side, side));
        });
  }

  private static boolean nearFinder(int u, int v, int modules) {
    boolean left = u < 4;
    boolean top = v < 4;
    return (left && top) || (left && v >= modules - 4) || (top && u >= modules - 4);
  }

  private static boolean isFinder(int u, int v, int modules) {
    int a = u < 4 ? u : modules - 1 - u;
    int b = v < 4 ? v : modules - 1 - v;
    return nearFinder(u, v, modules) && a < 3 && b < 3 && !(a == 1 && b == 1);
  }

  /** A disc or a polygon, cut by a stripe. */
  Piece logo() {
    double side = dice.between(3, 4.5) * unit;
    int corners = dice.integer(3, 6);
    Color colour = dice.chance(0.5) ? ink : Inks.stamp(dice);
    return new Piece(
        side,
        side + 0.3 * unit,
        (x, y) -> {
          Path2D body = new Path2D.Double();
          double turn = dice.between(0, Math.PI);
          for (int i = 0; i < corners; i++) {
            double angle = turn + 2 * Math.PI * i / corners;
            double px = x + side / 2 * (1 + Math.cos(angle));
            double py = y + side / 2 * (1 + Math.sin(angle));
            if (i == 0) {
              body.moveTo(px, py);
            } else {
              body.lineTo(px, py);
            }
          }
          body.closePath();
          sheet.fill(Layer.PRINT, body, colour);
          AffineTransform shrink =
              new AffineTransform(0.45, 0, 0, 0.45, 0.55 * (x + side / 2), 0.55 * (y + side / 2));
          sheet.fill(Layer.PRINT, shrink.createTransformedShape(body), Color.WHITE);
          Ellipse2D outline = new Ellipse2D.Double(x, y, side, side);
          sheet.stroke(Layer.PRINT, outline, 0.2 * unit, colour);
          sheet.mark(FormClass.LOGO, outline);
        });
  }

  /** Words that a pen has crossed out. */
  Piece strikeout() {
    double width = dice.between(5, 8) * unit;
    return new Piece(
        width,
        1.6 * unit,
        (x, y) -> {
          text.words(FormClass.PRINTED_TEXT, x, y, width, unit);
          hand.scribble(x, y, width);
        });
  }

  /** A hole near the left edge: what lies behind the form shows. */
  void punchHole() {
    double radius = dice.between(0.7, 1) * unit;
    double x = dice.between(0.5, 1.2) * unit;
    double y = dice.between(0.15, 0.85) * sheet.size();
    Ellipse2D hole = new Ellipse2D.Double(x, y, 2 * radius, 2 * radius);
    int grey = dice.integer(70, 150);
    sheet.fill(Layer.PRINT, hole, new Color(grey, grey, grey));
    sheet.mark(FormClass.PUNCH_HOLE, hole);
  }
}
