package org.hpo4j.examples.unet.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.random.RandomGenerator;

/**
 * One tree of a scene, as seen from above.
 *
 * @param radius of its crown in pixels
 */
record Tree(double x, double y, double radius) {

  /** Returns the crown's outline, or that of a part of it around the trunk. */
  Ellipse2D crown(double part) {
    return disc(x, y, part * radius);
  }

  /** Paints the crown as clumps of leaves, bright on the side of the sun. */
  void paint(Graphics2D paint, RandomGenerator random, double shadowX, double shadowY) {
    Color leaf = Material.anyLeaf(random);
    paint.setColor(Material.shade(leaf, 0.75));
    paint.fill(crown(1));
    int clumps = (int) (3 * radius);
    for (int i = 0; i < clumps; i++) {
      double turn = between(random, 0, 2 * Math.PI);
      double far = radius * Math.sqrt(random.nextDouble());
      double lit = -(Math.cos(turn) * shadowX + Math.sin(turn) * shadowY) * far / radius;
      paint.setColor(Material.shade(leaf, 1 + 0.35 * lit + between(random, -0.12, 0.12)));
      double clumpX = x + far * Math.cos(turn);
      double clumpY = y + far * Math.sin(turn);
      paint.fill(disc(clumpX, clumpY, between(random, 0.8, 0.4 * radius)));
    }
  }

  private static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
