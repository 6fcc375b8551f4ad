package org.hpo4j.examples.documents.data;

/** Smooth noise and blur of square pictures. */
final class Noise {
  private Noise() {}

  /** Returns values in [0, 1] that vary over about the given distance in pixels. */
  static double[] smooth(Dice dice, int size, double distance) {
    int points = (int) (size / distance) + 3;
    double[] lattice = new double[points * points];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = dice.between(0, 1);
    }
    double offsetX = dice.between(0, 1);
    double offsetY = dice.between(0, 1);
    double[] values = new double[size * size];
    for (int y = 0; y < size; y++) {
      double v = y / distance + offsetY;
      int row = (int) v;
      double b = ease(v - row);
      for (int x = 0; x < size; x++) {
        double u = x / distance + offsetX;
        int column = (int) u;
        double a = ease(u - column);
        int at = row * points + column;
        double upper = lattice[at] + a * (lattice[at + 1] - lattice[at]);
        double lower = lattice[at + points] + a * (lattice[at + points + 1] - lattice[at + points]);
        values[y * size + x] = upper + b * (lower - upper);
      }
    }
    return values;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  /**
   * Blurs in place with a Gaussian; pixels outside count as the nearest inside.
   *
   * @param sigma standard deviation in pixels, above 0
   */
  static void blur(double[] values, int size, double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      weights[i + radius] = Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += weights[i + radius];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    double[] rows = new double[values.length];
    convolve(values, rows, size, weights, 1, size);
    convolve(rows, values, size, weights, size, 1);
  }

  private static void convolve(
      double[] from, double[] to, int size, double[] weights, int along, int across) {
    int radius = weights.length / 2;
    for (int line = 0; line < size; line++) {
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int k = -radius; k <= radius; k++) {
          int at = Math.min(size - 1, Math.max(0, i + k));
          sum += weights[k + radius] * from[line * across + at * along];
        }
        to[line * across + i * along] = sum;
      }
    }
  }
}
