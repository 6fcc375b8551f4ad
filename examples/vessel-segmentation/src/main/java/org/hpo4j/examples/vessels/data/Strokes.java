package org.hpo4j.examples.vessels.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Paints what absorbs or reflects light, a byte a pixel: 255 takes or gives all of it. */
final class Strokes {
  private final int size;

  Strokes(int size) {
    this.size = size;
  }

  /** Returns which pixels a grader would mark. */
  boolean[] mask(List<VesselTree.Piece> vessels) {
    byte[] marked =
        painted(
            false,
            paint -> {
              paint.setColor(Color.WHITE);
              for (VesselTree.Piece piece : vessels) {
                draw(paint, piece, Math.max(1.3, piece.width()));
              }
            });
    boolean[] mask = new boolean[marked.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = marked[i] != 0;
    }
    return mask;
  }

  /** Returns how dark the vessels are: veins darker than arteries, thin vessels faint. */
  byte[] absorption(List<VesselTree.Piece> vessels) {
    List<VesselTree.Piece> thickLast =
        vessels.stream().sorted(Comparator.comparingDouble(VesselTree.Piece::width)).toList();
    return painted(
        true,
        paint -> {
          for (VesselTree.Piece piece : thickLast) {
            double faint = Math.min(1, 0.42 + 45 * piece.width() / size);
            paint.setColor(shade((piece.vein() ? 0.46 : 0.34) * faint));
            draw(paint, piece, Math.max(1, piece.width()));
          }
        });
  }

  /** Returns the bright line along the middle of wide arteries. */
  byte[] reflex(List<VesselTree.Piece> vessels) {
    return painted(
        true,
        paint -> {
          paint.setColor(shade(0.8));
          for (VesselTree.Piece piece : vessels) {
            if (!piece.vein() && piece.width() > 0.01 * size) {
              draw(paint, piece, 0.3 * piece.width());
            }
          }
        });
  }

  /**
   * Returns vessels of the choroid behind the retina: broad, faint, straight; graders skip them.
   */
  byte[] choroid(RandomGenerator random) {
    int count = 14 + random.nextInt(12);
    return painted(
        true,
        paint -> {
          for (int i = 0; i < count; i++) {
            double x = size * random.nextDouble();
            double y = size * random.nextDouble();
            double turn = Math.PI * random.nextDouble();
            double length = size * (0.15 + 0.3 * random.nextDouble());
            double bend = 0.12 * size * random.nextGaussian();
            double dx = length * Math.cos(turn);
            double dy = length * Math.sin(turn);
            paint.setColor(shade(0.2 + 0.35 * random.nextDouble()));
            paint.setStroke(
                new BasicStroke(
                    (float) (size * (0.012 + 0.018 * random.nextDouble())),
                    BasicStroke.CAP_ROUND,
                    BasicStroke.JOIN_ROUND));
            paint.draw(
                new CubicCurve2D.Double(
                    x,
                    y,
                    x + dx / 3 + bend,
                    y + dy / 3,
                    x + dx / 1.5,
                    y + dy / 1.5 + bend,
                    x + dx,
                    y + dy));
          }
        });
  }

  /** Returns haemorrhages: blots and flames as dark as a vein. */
  byte[] spots(RandomGenerator random) {
    int count = 8 + random.nextInt(18);
    return painted(
        true,
        paint -> {
          for (int i = 0; i < count; i++) {
            paint.setColor(shade(0.25 + 0.3 * random.nextDouble()));
            blot(paint, random, 0.006 + 0.016 * random.nextDouble(), 1 + 2.5 * random.nextDouble());
          }
        });
  }

  /** Returns exudates: small bright spots, as bright as the optic disc. */
  byte[] exudates(RandomGenerator random) {
    int count = random.nextInt(16);
    return painted(
        true,
        paint -> {
          for (int i = 0; i < count; i++) {
            paint.setColor(shade(0.5 + 0.5 * random.nextDouble()));
            blot(paint, random, 0.003 + 0.008 * random.nextDouble(), 1.3);
          }
        });
  }

  private void blot(Graphics2D paint, RandomGenerator random, double radius, double longer) {
    AffineTransform place =
        AffineTransform.getTranslateInstance(
            size * random.nextDouble(), size * random.nextDouble());
    place.rotate(Math.PI * random.nextDouble());
    double a = radius * longer * size;
    double b = radius * size;
    paint.fill(place.createTransformedShape(new Ellipse2D.Double(-a, -b, 2 * a, 2 * b)));
  }

  private static void draw(Graphics2D paint, VesselTree.Piece piece, double width) {
    paint.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    paint.draw(new Line2D.Double(piece.x0(), piece.y0(), piece.x1(), piece.y1()));
  }

  private static Color shade(double share) {
    int value = (int) Math.round(255 * share);
    return new Color(value, value, value);
  }

  private byte[] painted(boolean smooth, Consumer<Graphics2D> work) {
    // An image of bytes would convert colours to a linear scale.
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = image.createGraphics();
    paint.setRenderingHint(
        RenderingHints.KEY_ANTIALIASING,
        smooth ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
    paint.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    work.accept(paint);
    paint.dispose();
    int[] rgb = image.getRGB(0, 0, size, size, new int[size * size], 0, size);
    byte[] bytes = new byte[rgb.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) rgb[i];
    }
    return bytes;
  }
}
