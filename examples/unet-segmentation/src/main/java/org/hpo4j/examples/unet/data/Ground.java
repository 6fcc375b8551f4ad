package org.hpo4j.examples.unet.data;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** Grass, dry grass and soil, blended by smooth noise of several wavelengths. */
final class Ground {
  private Ground() {}

  static void paint(BufferedImage photo, RandomGenerator random) {
    Color lush = Material.shade(new Color(92, 116, 72), 0.85 + 0.3 * random.nextDouble());
    Color dry = Material.shade(new Color(138, 130, 96), 0.85 + 0.3 * random.nextDouble());
    Color soil = Material.shade(new Color(146, 112, 86), 0.85 + 0.3 * random.nextDouble());
    int size = photo.getWidth();
    double[] dryness = noise(random, size, 40);
    double[] bareness = noise(random, size, 28);
    double[] grain = noise(random, size, 5);
    double bare = 0.55 + 0.3 * random.nextDouble();
    for (int i = 0; i < size * size; i++) {
      Color grass = mix(lush, dry, dryness[i]);
      Color colour = bareness[i] > bare ? mix(grass, soil, 0.9) : grass;
      Color grained = Material.shade(colour, 0.86 + 0.28 * grain[i]);
      photo.setRGB(i % size, i / size, grained.getRGB());
    }
  }

  /**
   * Returns values in [0, 1] that vary over the given distance in pixels, and by half as much over
   * half of it.
   */
  private static double[] noise(RandomGenerator random, int size, int distance) {
    double[] coarse = lattice(random, size, distance);
    double[] fine = lattice(random, size, Math.max(2, distance / 2));
    double[] sum = new double[coarse.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (2 * coarse[i] + fine[i]) / 3;
    }
    return sum;
  }

  /** Random values on a lattice, interpolated with a smooth step. */
  private static double[] lattice(RandomGenerator random, int size, int distance) {
    int points = size / distance + 2;
    double[] values = random.doubles((long) points * points).toArray();
    double[] out = new double[size * size];
    for (int y = 0; y < size; y++) {
      int row = y / distance;
      double v = smooth((y % distance) / (double) distance);
      for (int x = 0; x < size; x++) {
        int column = x / distance;
        double u = smooth((x % distance) / (double) distance);
        int at = row * points + column;
        double upper = values[at] + u * (values[at + 1] - values[at]);
        double lower = values[at + points] + u * (values[at + points + 1] - values[at + points]);
        out[y * size + x] = upper + v * (lower - upper);
      }
    }
    return out;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static Color mix(Color first, Color second, double share) {
    return new Color(
        (int) (first.getRed() + share * (second.getRed() - first.getRed())),
        (int) (first.getGreen() + share * (second.getGreen() - first.getGreen())),
        (int) (first.getBlue() + share * (second.getBlue() - first.getBlue())));
  }
}
