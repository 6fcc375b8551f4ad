package org.hpo4j.examples.unet.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.random.RandomGenerator;

/**
 * One building: a footprint in the picture and the roof over it.
 *
 * @param place from the building's own coordinates, whose origin is its centre, to pixels
 * @param body outline in its own coordinates
 * @param roof shape of the roof
 * @param colour of the roof
 * @param height above ground in pixels
 */
record Building(AffineTransform place, Area body, Roof roof, Color colour, double height) {

  enum Roof {
    FLAT,
    GABLED,
    HIPPED,
    ROUND
  }

  static Building draw(RandomGenerator random, AffineTransform place) {
    double width = between(random, 15, 34);
    double depth = between(random, 12, 23);
    Area body = new Area(new Rectangle2D.Double(-width / 2, -depth / 2, width, depth));
    Roof roof;
    switch (random.nextInt(8)) {
      case 0 -> {
        double radius = between(random, 6, 12);
        body = new Area(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
        roof = Roof.ROUND;
      }
      case 1, 2 -> {
        // An L: one corner is cut out.
        double cutWidth = width * between(random, 0.35, 0.55);
        double cutDepth = depth * between(random, 0.35, 0.55);
        body.subtract(
            new Area(
                new Rectangle2D.Double(width / 2 - cutWidth, depth / 2 - cutDepth, width, depth)));
        roof = Roof.FLAT;
      }
      case 3 -> roof = Roof.FLAT;
      case 4, 5 -> roof = Roof.HIPPED;
      default -> roof = Roof.GABLED;
    }
    return new Building(place, body, roof, Material.anyRoof(random), between(random, 4, 9));
  }

  /** The ground it covers. */
  Area footprint() {
    return body.createTransformedArea(place);
  }

  /** Its footprint with some distance to the next. */
  Area plot() {
    Rectangle2D bounds = body.getBounds2D();
    double gap = 2;
    return new Area(
        place.createTransformedShape(
            new Rectangle2D.Double(
                bounds.getX() - gap,
                bounds.getY() - gap,
                bounds.getWidth() + 2 * gap,
                bounds.getHeight() + 2 * gap)));
  }

  /**
   * Paints the roof.
   *
   * @param shadowX direction of shadows: a slope that faces them is dark
   */
  void paint(Graphics2D paint, RandomGenerator random, double shadowX, double shadowY) {
    paint.setColor(colour);
    paint.fill(footprint());
    switch (roof) {
      case FLAT -> paintFlat(paint, random);
      case GABLED -> paintSlopes(paint, 0, shadowX, shadowY);
      case HIPPED -> paintSlopes(paint, 0.5, shadowX, shadowY);
      case ROUND -> paintCone(paint, shadowX, shadowY);
    }
  }

  /** A parapet and some machines. */
  private void paintFlat(Graphics2D paint, RandomGenerator random) {
    Rectangle2D bounds = body.getBounds2D();
    Area inner =
        body.createTransformedArea(
            AffineTransform.getScaleInstance(
                1 - 2.4 / bounds.getWidth(), 1 - 2.4 / bounds.getHeight()));
    Area parapet = new Area(body);
    parapet.subtract(inner);
    paint.setColor(Material.shade(colour, 1.18));
    paint.fill(parapet.createTransformedArea(place));
    int machines = random.nextInt(4);
    for (int i = 0; i < machines; i++) {
      double x = between(random, -bounds.getWidth() / 2 + 3, 0);
      double y = between(random, -bounds.getHeight() / 2 + 3, 0);
      Shape box = new Rectangle2D.Double(x, y, between(random, 1.5, 3), between(random, 1.5, 3));
      paint.setColor(new Color(20, 20, 28, 120));
      paint.fill(
          place.createTransformedShape(
              AffineTransform.getTranslateInstance(0.8, 0.8).createTransformedShape(box)));
      paint.setColor(Material.shade(colour, 1.3));
      paint.fill(place.createTransformedShape(box));
    }
  }

  /**
   * Four slopes that meet at a ridge along the longer side.
   *
   * @param hip how far the ridge stays from the ends, in halves of the shorter side: 0 is a gable
   */
  private void paintSlopes(Graphics2D paint, double hip, double shadowX, double shadowY) {
    Rectangle2D b = body.getBounds2D();
    boolean wide = b.getWidth() >= b.getHeight();
    double halfLong = Math.max(b.getWidth(), b.getHeight()) / 2;
    double halfShort = Math.min(b.getWidth(), b.getHeight()) / 2;
    double ridge = halfLong - hip * 2 * halfShort;
    double[][] north = {{-halfLong, -halfShort}, {halfLong, -halfShort}, {ridge, 0}, {-ridge, 0}};
    double[][] south = {{-halfLong, halfShort}, {halfLong, halfShort}, {ridge, 0}, {-ridge, 0}};
    double[][] east = {{halfLong, -halfShort}, {halfLong, halfShort}, {ridge, 0}};
    double[][] west = {{-halfLong, -halfShort}, {-halfLong, halfShort}, {-ridge, 0}};
    slope(paint, north, 0, -1, wide, shadowX, shadowY);
    slope(paint, south, 0, 1, wide, shadowX, shadowY);
    if (hip > 0) {
      slope(paint, east, 1, 0, wide, shadowX, shadowY);
      slope(paint, west, -1, 0, wide, shadowX, shadowY);
    }
  }

  private void slope(
      Graphics2D paint,
      double[][] corners,
      double faceX,
      double faceY,
      boolean wide,
      double shadowX,
      double shadowY) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners.length; i++) {
      double x = wide ? corners[i][0] : corners[i][1];
      double y = wide ? corners[i][1] : corners[i][0];
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    double[] face = wide ? new double[] {faceX, faceY} : new double[] {faceY, faceX};
    place.deltaTransform(face, 0, face, 0, 1);
    double away = (face[0] * shadowX + face[1] * shadowY) / Math.hypot(shadowX, shadowY);
    paint.setColor(Material.shade(colour, 1 - 0.28 * away));
    paint.fill(place.createTransformedShape(path));
  }

  private void paintCone(Graphics2D paint, double shadowX, double shadowY) {
    Rectangle2D b = body.getBounds2D();
    double radius = b.getWidth() / 2;
    double length = Math.hypot(shadowX, shadowY);
    for (int ring = 0; ring < 5; ring++) {
      double r = radius * (1 - ring / 5.0);
      double shift = 0.09 * ring * radius / length;
      Shape disc = new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
      AffineTransform moved =
          AffineTransform.getTranslateInstance(-shift * shadowX, -shift * shadowY);
      moved.concatenate(place);
      paint.setColor(Material.shade(colour, 0.88 + 0.07 * ring));
      paint.fill(moved.createTransformedShape(disc));
    }
  }

  private static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
