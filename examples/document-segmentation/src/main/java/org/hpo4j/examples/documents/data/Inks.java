package org.hpo4j.examples.documents.data;

import java.awt.Color;
import java.util.List;

/** Colours of ink. Print, pens and stamps share most of them: colour alone must not tell them. */
final class Inks {
  private static final List<Color> PRINT =
      List.of(
          new Color(28, 28, 32),
          new Color(70, 70, 76),
          new Color(40, 48, 96),
          new Color(92, 40, 44));
  private static final List<Color> PEN =
      List.of(new Color(30, 30, 36), new Color(36, 52, 128), new Color(60, 66, 90));
  private static final List<Color> STAMP =
      List.of(
          new Color(52, 66, 150),
          new Color(104, 58, 138),
          new Color(150, 58, 64),
          new Color(60, 60, 70));

  private Inks() {}

  static Color print(Dice dice) {
    return dice.pick(PRINT);
  }

  static Color pen(Dice dice) {
    return dice.pick(PEN);
  }

  static Color stamp(Dice dice) {
    return dice.pick(STAMP);
  }
}
