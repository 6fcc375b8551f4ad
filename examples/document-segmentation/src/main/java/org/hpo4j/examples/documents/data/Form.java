package org.hpo4j.examples.documents.data;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.hpo4j.examples.documents.data.Sheet.Layer;

/** Lays out a form: print side by side, then stamps and signatures over it. */
final class Form {
  /** Capitals are this much of a small form high, but never fewer pixels than can be told apart. */
  private static final double UNITS_A_SIDE = 16;

  private static final double LEAST_UNIT = 3.6;
  private static final double MOST_UNIT = 6;
  private static final int ATTEMPTS = 14;

  private final Sheet sheet;
  private final Dice dice;

  private Form(Sheet sheet, Dice dice) {
    this.sheet = sheet;
    this.dice = dice;
  }

  /**
   * Draws a form and scans it.
   *
   * @param size height and width in pixels
   * @param classes how many of {@link FormClass} it may have
   */
  static Scan draw(String name, int size, int classes, Dice dice) {
    double unit = Math.min(MOST_UNIT, Math.max(LEAST_UNIT, size / UNITS_A_SIDE));
    Sheet sheet = new Sheet(size, unit, classes, dice.between(-0.07, 0.07));
    new Form(sheet, dice).fill();
    return Scanner.scan(name, sheet, dice);
  }

  private void fill() {
    Color ink = Inks.print(dice);
    TextPieces text = new TextPieces(sheet, dice, ink);
    HandPieces hand = new HandPieces(sheet, dice);
    FormPieces form = new FormPieces(sheet, dice, ink, text, hand);
    StampPieces stamps = new StampPieces(sheet, dice);
    otherSide();
    double side = sheet.size() / sheet.unit();
    int rounds = Math.max(1, (int) Math.round(side * side / (UNITS_A_SIDE * UNITS_A_SIDE)));
    for (int round = 0; round < rounds; round++) {
      print(FormClass.TABLE, 0.55, text::table);
      print(FormClass.ORDER_NUMBER, 0.6, text::orderNumber);
      shuffled(rare(text, form)).forEach(Runnable::run);
      print(FormClass.PRINTED_TEXT, 0.75, text::paragraph);
      over(FormClass.ROUND_STAMP, 0.5, stamps::round);
      over(FormClass.RECTANGULAR_STAMP, 0.4, stamps::rectangular);
      over(FormClass.SIGNATURE, 0.6, hand::signature);
    }
    if (sheet.has(FormClass.PUNCH_HOLE) && dice.chance(0.6)) {
      form.punchHole();
    }
  }

  private List<Runnable> rare(TextPieces text, FormPieces form) {
    return List.of(
        () -> print(FormClass.HEADING, 0.4, text::heading),
        () -> print(FormClass.DATE, 0.5, text::date),
        () -> print(FormClass.HANDWRITING, 0.6, form::field),
        () -> print(FormClass.CHECK_BOX, 0.5, form::checkBox),
        () -> print(FormClass.CHECK_BOX, 0.4, form::checkBox),
        () -> print(FormClass.BARCODE, 0.3, form::barcode),
        () -> print(FormClass.MATRIX_CODE, 0.3, form::matrixCode),
        () -> print(FormClass.LOGO, 0.3, form::logo),
        () -> print(FormClass.AMOUNT, 0.4, text::amount),
        () -> print(FormClass.PAGE_NUMBER, 0.4, text::pageNumber),
        () -> print(FormClass.STRIKEOUT, 0.4, form::strikeout));
  }

  private <T> List<T> shuffled(List<T> items) {
    List<T> copy = new ArrayList<>(items);
    Collections.shuffle(copy, new Random(dice.integer(0, Integer.MAX_VALUE - 1)));
    return copy;
  }

  /** Puts a piece where nothing is printed yet, if there is such a place. */
  private void print(FormClass formClass, double probability, Supplier<Piece> pieces) {
    if (!sheet.has(formClass) || !dice.chance(probability)) {
      return;
    }
    Piece piece = pieces.get();
    double gap = 0.4 * sheet.unit();
    for (int i = 0; i < ATTEMPTS; i++) {
      double x = place(piece.width());
      double y = place(piece.height());
      if (sheet.take(
          new Rectangle2D.Double(
              x - gap, y - gap, piece.width() + 2 * gap, piece.height() + gap))) {
        piece.drawing().at(x, y);
        return;
      }
    }
  }

  private double place(double extent) {
    double margin = 0.6 * sheet.unit();
    return dice.between(margin, Math.max(margin, sheet.size() - extent - margin));
  }

  /** Puts a piece over something printed, or anywhere. */
  private void over(FormClass formClass, double probability, Supplier<Piece> pieces) {
    if (!sheet.has(formClass) || !dice.chance(probability)) {
      return;
    }
    Piece piece = pieces.get();
    double x = place(piece.width());
    double y = place(piece.height());
    List<Rectangle2D> printed = sheet.taken();
    if (!printed.isEmpty() && dice.chance(0.6)) {
      Rectangle2D below = dice.pick(printed);
      x = within(below.getX() + dice.between(0, 1) * below.getWidth(), piece.width());
      y = within(below.getY() + dice.between(0, 1) * below.getHeight(), piece.height());
    }
    piece.drawing().at(x, y);
  }

  private double within(double centre, double extent) {
    return Math.min(sheet.size() - extent, Math.max(0, centre - extent / 2));
  }

  /** Mirrored lines of the other side; they have no mask. */
  private void otherSide() {
    double unit = sheet.unit();
    AffineTransform mirror = new AffineTransform(-1, 0, 0, 1, sheet.size(), 0);
    Color ink = Inks.print(dice);
    double top = dice.between(0, 6) * unit;
    int lines = dice.integer(3, 8);
    for (int i = 0; i < lines && top + unit < sheet.size(); i++) {
      String words = dice.word(3, 8) + " " + dice.word(2, 7);
      Path2D line = StrokeFont.text(words, dice.between(0, 4) * unit, top, unit);
      line.transform(mirror);
      sheet.stroke(Layer.BACK, line, 0.2 * unit, ink);
      top += dice.between(1.6, 2.6) * unit;
    }
  }
}
