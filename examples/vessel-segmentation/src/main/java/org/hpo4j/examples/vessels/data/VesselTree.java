package org.hpo4j.examples.vessels.data;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The vessels of one eye, grown from the optic disc as short straight pieces.
 *
 * <p>At a branching the widths obey Murray's law, {@code w^3 = a^3 + b^3} (C. D. Murray, "The
 * physiological principle of minimum work", PNAS 12, 1926), and the narrower branch turns off
 * further.
 */
final class VesselTree {
  /**
   * A straight piece of a vessel.
   *
   * @param width in pixels
   * @param vein darker than an artery, and without its bright reflex
   */
  record Piece(double x0, double y0, double x1, double y1, double width, boolean vein) {}

  private static final double THINNEST = 0.0042;
  private static final int LARGEST_DEPTH = 6;

  private final double size;
  private final RandomGenerator random;
  private final List<Piece> pieces = new ArrayList<>();

  private VesselTree(double size, RandomGenerator random) {
    this.size = size;
    this.random = random;
  }

  /**
   * Grows the vessels.
   *
   * @param size of the picture in pixels
   * @param disc centre of the optic disc
   * @param temporal 1 where the macula is to the right of the disc, -1 where it is to the left
   */
  static List<Piece> grow(double size, Point2D disc, int temporal, RandomGenerator random) {
    VesselTree tree = new VesselTree(size, random);
    for (int half = -1; half <= 1; half += 2) {
      for (boolean vein : new boolean[] {false, true}) {
        double wide = size * (vein ? 0.021 : 0.016) * tree.between(0.85, 1.15);
        // The arcades leave the disc upwards and downwards and bend around the macula.
        double arcade = half * tree.between(1.15, 1.5);
        tree.main(disc, arcade, -half * tree.between(0.016, 0.026), wide, vein, temporal);
        double nasal = half * tree.between(2.1, 2.7);
        tree.main(disc, nasal, half * tree.between(-0.01, 0.01), 0.62 * wide, vein, temporal);
      }
    }
    for (int i = 0; i < 3; i++) {
      double toMacula = tree.between(-0.5, 0.5);
      tree.main(disc, toMacula, 0, size * tree.between(0.006, 0.008), i % 2 == 0, temporal);
    }
    return tree.pieces;
  }

  private void main(
      Point2D disc, double angle, double bend, double width, boolean vein, int temporal) {
    double direction = temporal > 0 ? angle : Math.PI - angle;
    grow(disc.getX(), disc.getY(), direction, temporal * bend, width, vein, 0);
  }

  private void grow(
      double x, double y, double angle, double bend, double width, boolean vein, int depth) {
    double step = 0.014 * size;
    double wobble = 0;
    double untilBranch = between(6, 16);
    while (width > THINNEST * size && Math.hypot(x - size / 2, y - size / 2) < 0.5 * size) {
      // A wobble that forgets slowly makes vessels winding rather than jagged.
      wobble = 0.8 * wobble + 0.055 * random.nextGaussian();
      angle += bend + wobble;
      double x1 = x + step * Math.cos(angle);
      double y1 = y + step * Math.sin(angle);
      pieces.add(new Piece(x, y, x1, y1, width, vein));
      x = x1;
      y = y1;
      width *= 0.992;
      untilBranch--;
      if (untilBranch <= 0 && depth < LARGEST_DEPTH) {
        double share = between(0.08, 0.5);
        double side = random.nextBoolean() ? 1 : -1;
        double thin = width * Math.cbrt(share);
        grow(x, y, angle + side * between(0.6, 1.25), 0, thin, vein, depth + 1);
        width *= Math.cbrt(1 - share);
        angle -= side * between(0.05, 0.4) * share;
        untilBranch = between(5, 17);
      }
    }
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
