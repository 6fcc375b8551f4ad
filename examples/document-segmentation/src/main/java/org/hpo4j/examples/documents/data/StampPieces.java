package org.hpo4j.examples.documents.data;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.hpo4j.examples.documents.data.Sheet.Layer;

/** Rubber stamps, at any angle. */
final class StampPieces {
  private static final List<String> WORDS = List.of("PAID", "COPY", "VOID", "DRAFT", "SENT");

  private final Sheet sheet;
  private final Dice dice;
  private final double unit;

  StampPieces(Sheet sheet, Dice dice) {
    this.sheet = sheet;
    this.dice = dice;
    this.unit = sheet.unit();
  }

  /** Two rings with letters between them, and a word or a sign in the middle. */
  Piece round() {
    double radius = dice.between(2.2, 3) * unit;
    Color ink = Inks.stamp(dice);
    return new Piece(
        2 * radius,
        2 * radius,
        (x, y) -> {
          double centreX = x + radius;
          double centreY = y + radius;
          Shape outer = disc(centreX, centreY, radius);
          sheet.stroke(Layer.STAMP, outer, 0.24 * unit, ink);
          sheet.stroke(Layer.STAMP, disc(centreX, centreY, 0.55 * radius), 0.16 * unit, ink);
          double letter = 0.24 * radius;
          int letters = (int) (2 * Math.PI * 0.78 * radius / (1.25 * letter));
          for (int i = 0; i < letters; i++) {
            Path2D glyph =
                StrokeFont.text(
                    dice.word(1, 1),
                    centreX - 0.33 * letter,
                    centreY - 0.78 * radius - letter / 2,
                    letter);
            glyph.transform(
                AffineTransform.getRotateInstance(2 * Math.PI * i / letters, centreX, centreY));
            sheet.stroke(Layer.STAMP, glyph, 0.15 * unit, ink);
          }
          Path2D middle =
              StrokeFont.text(
                  dice.word(2, 2), centreX - 0.36 * radius, centreY - 0.2 * radius, 0.4 * radius);
          middle.transform(
              AffineTransform.getRotateInstance(dice.between(-0.8, 0.8), centreX, centreY));
          sheet.stroke(Layer.STAMP, middle, 0.2 * unit, ink);
          sheet.mark(FormClass.ROUND_STAMP, outer);
        });
  }

  private static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  /** A word in a frame. */
  Piece rectangular() {
    String word = dice.pick(WORDS);
    double letter = 1.5 * unit;
    double width = StrokeFont.width(word, letter) + unit;
    double height = letter + 1.2 * unit;
    Color ink = Inks.stamp(dice);
    return new Piece(
        width,
        height,
        (x, y) -> {
          AffineTransform turn =
              AffineTransform.getRotateInstance(
                  dice.between(-0.5, 0.5), x + width / 2, y + height / 2);
          Shape frame = turn.createTransformedShape(new Rectangle2D.Double(x, y, width, height));
          sheet.stroke(Layer.STAMP, frame, 0.26 * unit, ink);
          Path2D text = StrokeFont.text(word, x + 0.7 * unit, y + 0.6 * unit, letter);
          sheet.stroke(Layer.STAMP, turn.createTransformedShape(text), 0.26 * unit, ink);
          sheet.mark(FormClass.RECTANGULAR_STAMP, frame);
        });
  }
}
