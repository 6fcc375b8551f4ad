package org.hpo4j.examples.unet.data;

import java.awt.Color;
import java.util.List;
import java.util.random.RandomGenerator;

/** Colours of roofs and ground. Most roof materials have a twin on the ground. */
final class Material {
  private static final List<Color> ROOFS =
      List.of(
          new Color(118, 117, 118), // bitumen, as roads
          new Color(168, 163, 154), // concrete, as pavements
          new Color(150, 96, 74), // clay tiles, as bare soil
          new Color(122, 84, 66), // old clay tiles
          new Color(210, 208, 202), // white membrane, as vans
          new Color(92, 92, 100), // slate
          new Color(132, 122, 104), // shingles, as dry grass
          new Color(104, 116, 96)); // green roof, as grass
  private static final List<Color> GROUNDS =
      List.of(
          new Color(118, 117, 118),
          new Color(168, 163, 154),
          new Color(150, 104, 78),
          new Color(140, 118, 92),
          new Color(206, 203, 196),
          new Color(98, 97, 102),
          new Color(128, 90, 70),
          new Color(96, 122, 78),
          new Color(134, 130, 96));
  private static final List<Color> PAINTS =
      List.of(
          new Color(225, 226, 228),
          new Color(40, 42, 48),
          new Color(150, 152, 156),
          new Color(150, 44, 40),
          new Color(52, 76, 130));
  private static final List<Color> LEAVES =
      List.of(new Color(62, 92, 48), new Color(84, 104, 56), new Color(48, 74, 46));

  private Material() {}

  static Color anyRoof(RandomGenerator random) {
    return any(ROOFS, random);
  }

  static Color anyGround(RandomGenerator random) {
    return any(GROUNDS, random);
  }

  static Color anyPaint(RandomGenerator random) {
    return any(PAINTS, random);
  }

  static Color anyLeaf(RandomGenerator random) {
    return any(LEAVES, random);
  }

  private static Color any(List<Color> colours, RandomGenerator random) {
    Color colour =
        shade(colours.get(random.nextInt(colours.size())), 0.8 + 0.4 * random.nextDouble());
    int red = colour.getRed() + random.nextInt(17) - 8;
    int green = colour.getGreen() + random.nextInt(17) - 8;
    int blue = colour.getBlue() + random.nextInt(17) - 8;
    return new Color(clamp(red), clamp(green), clamp(blue));
  }

  /** Returns a colour made brighter (above 1) or darker. */
  static Color shade(Color colour, double factor) {
    return new Color(
        clamp((int) Math.round(colour.getRed() * factor)),
        clamp((int) Math.round(colour.getGreen() * factor)),
        clamp((int) Math.round(colour.getBlue() * factor)));
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
