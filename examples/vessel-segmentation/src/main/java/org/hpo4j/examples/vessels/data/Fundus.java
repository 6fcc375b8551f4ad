package org.hpo4j.examples.vessels.data;

import java.awt.geom.Point2D;
import java.util.List;
import java.util.random.RandomGenerator;

/** One generated eye, from its ground to what the camera makes of it. */
final class Fundus {
  private static final double DISC_RADIUS = 0.47;

  private final int size;
  private final RandomGenerator random;
  private final double[] pigment;
  private final double[] light;
  private final Point2D disc;
  private final Point2D macula;
  private final int temporal;

  /**
   * Decides where things are.
   *
   * @param left whether it is the left eye, whose optic disc is left of the macula
   * @param pigment colours of the patient
   * @param random of this eye
   */
  Fundus(int size, boolean left, RandomGenerator pigment, RandomGenerator random) {
    this.size = size;
    this.random = random;
    double dark = 0.75 + 0.35 * pigment.nextDouble();
    this.pigment =
        new double[] {
          205 * dark,
          (88 + 40 * pigment.nextDouble()) * dark,
          (30 + 30 * pigment.nextDouble()) * dark
        };
    light = new double[size * size];
    temporal = left ? 1 : -1;
    double middle = size / 2.0;
    disc =
        new Point2D.Double(
            middle - temporal * between(0.2, 0.27) * size, middle + between(-0.05, 0.05) * size);
    macula =
        new Point2D.Double(
            disc.getX() + temporal * 0.33 * size, disc.getY() + between(0, 0.05) * size);
  }

  /** Returns the photograph with its vessels. */
  Photograph photograph(String name, String patient) {
    ground();
    List<VesselTree.Piece> vessels = VesselTree.grow(size, disc, temporal, random);
    Strokes strokes = new Strokes(size);
    byte[] choroid = strokes.choroid(random);
    byte[] spots = strokes.spots(random);
    byte[] exudates = strokes.exudates(random);
    byte[] absorption = strokes.absorption(vessels);
    byte[] reflex = strokes.reflex(vessels);
    boolean[] mask = strokes.mask(vessels);
    byte[] rgb = new byte[3 * size * size];
    for (int i = 0; i < size * size; i++) {
      boolean lit = radius(i) < DISC_RADIUS * size;
      double depth = share(absorption[i]);
      double other = Math.max(share(spots[i]), 0.5 * share(choroid[i]));
      double glow = discGlow(i);
      for (int channel = 0; channel < 3; channel++) {
        // Blood takes most from green, little from red.
        double blood = channel == 0 ? 0.35 : 1;
        double colour = pigment[channel] + glow * (channel == 0 ? 60 : 105);
        colour += share(exudates[i]) * (channel == 2 ? 45 : 75);
        colour *= light[i] * (1 - blood * Math.max(depth, other));
        colour += 22 * share(reflex[i]);
        colour = lit ? Math.max(FieldOfView.THRESHOLD + 8, colour) : 3;
        colour += (lit ? 5.5 : 1) * random.nextGaussian();
        rgb[3 * i + channel] = (byte) Math.max(0, Math.min(255, Math.round(colour)));
      }
      mask[i] &= lit;
    }
    return new Photograph(name, patient, size, size, rgb, mask);
  }

  /** Light that falls off to one side, with clouds in it and a dark macula. */
  private void ground() {
    double[][] clouds = new double[7][];
    for (int i = 0; i < clouds.length; i++) {
      clouds[i] =
          new double[] {
            between(0, size), between(0, size), between(0.08, 0.3) * size, between(-0.38, 0.25)
          };
    }
    double sideX = size / 2.0 + between(-0.2, 0.2) * size;
    double sideY = size / 2.0 + between(-0.2, 0.2) * size;
    for (int i = 0; i < light.length; i++) {
      double x = i % size;
      double y = Math.floorDiv(i, size);
      double value = 1.1 - 1.9 * square(Math.hypot(x - sideX, y - sideY) / size);
      for (double[] cloud : clouds) {
        value += cloud[3] * bell(Math.hypot(x - cloud[0], y - cloud[1]) / cloud[2]);
      }
      double toMacula = Math.hypot(x - macula.getX(), y - macula.getY());
      value *= 1 - 0.3 * bell(toMacula / (0.07 * size));
      light[i] = Math.max(0.25, value);
    }
  }

  private double discGlow(int pixel) {
    double across = (pixel % size - disc.getX()) / 0.055;
    double down = (Math.floorDiv(pixel, size) - disc.getY()) / 0.065;
    double r = Math.hypot(across, down) / size;
    return 1 / (1 + Math.exp(9 * (r - 1)));
  }

  private double radius(int pixel) {
    return Math.hypot(pixel % size - size / 2.0, Math.floorDiv(pixel, size) - size / 2.0);
  }

  private static double share(byte value) {
    return (value & 0xFF) / 255.0;
  }

  private static double bell(double distance) {
    return Math.exp(-0.5 * distance * distance);
  }

  private static double square(double value) {
    return value * value;
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
