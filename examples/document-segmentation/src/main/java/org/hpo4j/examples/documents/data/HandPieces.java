package org.hpo4j.examples.documents.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.hpo4j.examples.documents.data.Sheet.Layer;

/** What is written with a pen. */
final class HandPieces {
  private final Sheet sheet;
  private final Dice dice;
  private final double unit;

  HandPieces(Sheet sheet, Dice dice) {
    this.sheet = sheet;
    this.dice = dice;
    this.unit = sheet.unit();
  }

  /** Loops that run to the right, some tall, and often a flourish below. */
  Piece signature() {
    double width = dice.between(5.5, 8.5) * unit;
    double height = dice.between(2.6, 3.6) * unit;
    Color ink = Inks.pen(dice);
    return new Piece(width, height, (x, y) -> sign(x, y, width, height, ink));
  }

  private void sign(double x, double y, double width, double height, Color ink) {
    int loops = dice.integer(3, 5);
    double step = width / (loops + 0.5);
    double base = y + 0.75 * height;
    Path2D line = new Path2D.Double();
    line.moveTo(x, base);
    double at = x;
    for (int i = 0; i < loops; i++) {
      double top = i == 0 || dice.chance(0.35) ? y : base - dice.between(0.25, 0.5) * height;
      double lean = dice.between(0.3, 0.9) * step;
      line.curveTo(at + lean, base, at + step + lean, top, at + 0.6 * step, top);
      line.curveTo(at - 0.1 * step, top, at + 0.4 * step, base, at + step, base);
      at += step;
    }
    if (dice.chance(0.6)) {
      line.curveTo(
          at + step, y + height, x + 0.7 * width, y + height, x + 0.15 * width, y + height);
    }
    AffineTransform slope =
        AffineTransform.getRotateInstance(dice.between(-0.25, 0.05), x + width / 2, y + height / 2);
    line.transform(slope);
    sheet.stroke(Layer.PEN, line, dice.between(0.2, 0.28) * unit, ink);
    // The outline of a signature keeps a little away from it and has no holes.
    sheet.mark(FormClass.SIGNATURE, line);
    sheet.mark(
        FormClass.SIGNATURE,
        new BasicStroke((float) (0.9 * unit), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
            .createStrokedShape(line));
  }

  /** Slanted, trembling letters at a place on a line. */
  void handwriting(double x, double y, double width) {
    if (!sheet.has(FormClass.HANDWRITING)) {
      return;
    }
    double height = dice.between(1.1, 1.35) * unit;
    String text = dice.word(3, 4);
    while (StrokeFont.width(text + "MM", height) < width && dice.chance(0.8)) {
      text += dice.chance(0.2) ? " " : dice.word(1, 1);
    }
    StrokeFont.Hand hand = new StrokeFont.Hand(dice, 0.45, dice.between(0.1, 0.4));
    sheet.stroke(Layer.PEN, StrokeFont.text(text, x, y, height, hand), 0.2 * unit, Inks.pen(dice));
    sheet.mark(
        FormClass.HANDWRITING,
        new Rectangle2D.Double(
            x - 0.2 * unit,
            y - 0.3 * unit,
            StrokeFont.width(text, height) + 0.8 * unit,
            height + 0.6 * unit));
  }

  void checkMark(Rectangle2D box) {
    Path2D tick = new Path2D.Double();
    double w = box.getWidth();
    tick.moveTo(box.getX() + 0.1 * w, box.getY() + 0.4 * w);
    tick.lineTo(box.getX() + 0.45 * w, box.getY() + 0.95 * w);
    tick.lineTo(box.getX() + dice.between(1.1, 1.4) * w, box.getY() - dice.between(0, 0.4) * w);
    sheet.stroke(Layer.PEN, tick, 0.26 * unit, Inks.pen(dice));
    sheet.mark(FormClass.CHECK_MARK, tick.getBounds2D());
  }

  /** Crosses a line of print out. */
  void scribble(double x, double y, double width) {
    Path2D line = new Path2D.Double();
    line.moveTo(x, y + 0.5 * unit);
    boolean up = true;
    for (double at = x; at < x + width; at += dice.between(0.5, 0.9) * unit) {
      line.lineTo(at, y + (up ? dice.between(-0.1, 0.25) : dice.between(0.75, 1.1)) * unit);
      up = !up;
    }
    sheet.stroke(Layer.PEN, line, 0.22 * unit, Inks.pen(dice));
    sheet.mark(
        FormClass.STRIKEOUT,
        new Rectangle2D.Double(x - 0.2 * unit, y - 0.2 * unit, width, 1.4 * unit));
  }
}
