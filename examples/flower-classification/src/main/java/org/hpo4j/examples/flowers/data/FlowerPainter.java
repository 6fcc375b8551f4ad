package org.hpo4j.examples.flowers.data;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import org.apache.commons.rng.UniformRandomProvider;

/** Draws one picture of flowers. */
final class FlowerPainter {
  private static final int WIDTH = 168;
  private static final int HEIGHT = 128;

  private final Graphics2D paint;
  private final UniformRandomProvider random;

  private FlowerPainter(Graphics2D paint, UniformRandomProvider random) {
    this.paint = paint;
    this.random = random;
  }

  /**
   * Returns a new picture.
   *
   * @param label one of {@link GeneratedFlowers#CLASSES}, by position
   */
  static BufferedImage paint(int label, UniformRandomProvider random) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = image.createGraphics();
    paint.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    FlowerPainter painter = new FlowerPainter(paint, random);
    painter.background();
    int flowers = 1 + random.nextInt(3);
    for (int i = 0; i < flowers; i++) {
      painter.flower(label, flowers);
    }
    painter.grain(image);
    paint.dispose();
    return image;
  }

  private void background() {
    boolean sky = random.nextInt(3) == 0;
    float hue = sky ? between(0.54, 0.62) : between(0.22, 0.36);
    Color top = Color.getHSBColor(hue, between(0.2, 0.7), between(0.25, 0.85));
    Color bottom = Color.getHSBColor(between(0.2, 0.36), between(0.3, 0.8), between(0.1, 0.5));
    paint.setPaint(new GradientPaint(0, 0, top, between(-40, 40), HEIGHT, bottom));
    paint.fillRect(0, 0, WIDTH, HEIGHT);
    // Leaves and what is out of focus, some of it in the colours of petals.
    for (int i = 0; i < 26; i++) {
      boolean petal = random.nextInt(7) == 0;
      float leafHue = petal ? random.nextFloat() : between(0.2, 0.38);
      paint.setColor(alpha(Color.getHSBColor(leafHue, between(0.3, 0.8), between(0.15, 0.8)), 90));
      AffineTransform before = paint.getTransform();
      paint.translate(random.nextInt(WIDTH), random.nextInt(HEIGHT));
      paint.rotate(between(0, Math.PI));
      double length = between(10, 55);
      paint.fill(new Ellipse2D.Double(-length / 2, -length / 8, length, length / 4));
      paint.setTransform(before);
    }
  }

  private void flower(int label, int flowers) {
    AffineTransform before = paint.getTransform();
    double radius = between(0.24, 0.44) * HEIGHT / Math.sqrt(flowers);
    paint.translate(between(0.25, 0.75) * WIDTH, between(0.3, 0.7) * HEIGHT);
    // Seen from the side rather than from above.
    paint.rotate(between(-0.4, 0.4));
    paint.scale(1, label == 3 ? 1 : between(0.6, 1));
    switch (label) {
      case 0 -> daisy(radius);
      case 1 -> rose(radius);
      case 2 -> sunflower(radius);
      default -> tulip(radius);
    }
    paint.setTransform(before);
  }

  private void daisy(double radius) {
    stem(radius);
    int petals = 11 + random.nextInt(9);
    Color colour = petalColour(random.nextInt(4) > 0 ? 0.1 : 0.6);
    ring(petals, radius, radius * between(0.16, 0.24), colour, 0.55);
    disc(radius * between(0.24, 0.32), Color.getHSBColor(between(0.11, 0.15), 0.9f, 0.9f));
  }

  private void sunflower(double radius) {
    stem(radius);
    Color colour = Color.getHSBColor(between(0.1, 0.16), between(0.75, 1), between(0.8, 1));
    int petals = 16 + random.nextInt(8);
    ring(petals, radius, radius * between(0.24, 0.3), colour.darker(), 0.1);
    paint.rotate(Math.PI / petals);
    ring(petals, radius * 0.92, radius * between(0.2, 0.28), colour, 0.1);
    double disc = radius * between(0.42, 0.55);
    disc(disc, Color.getHSBColor(between(0.05, 0.1), 0.7f, between(0.15, 0.35)));
    paint.setColor(Color.getHSBColor(0.09f, 0.6f, 0.5f));
    // Seeds at the golden angle.
    for (int i = 1; i < 60; i++) {
      double r = disc * 0.9 * Math.sqrt(i / 60.0);
      double angle = i * Math.PI * (3 - Math.sqrt(5));
      double x = r * Math.cos(angle);
      double y = r * Math.sin(angle);
      paint.fill(new Ellipse2D.Double(x - 0.6, y - 0.6, 1.2, 1.2));
    }
  }

  private void rose(double radius) {
    stem(radius);
    Color colour = petalColour(between(0.05, 0.95));
    double turn = between(0, Math.PI);
    for (double r = radius; r > radius * 0.12; r *= 0.74) {
      int petals = 5;
      for (int i = 0; i < petals; i++) {
        double angle = turn + 2 * Math.PI * i / petals;
        double size = r * between(0.95, 1.15);
        double x = 0.45 * r * Math.cos(angle) - size / 2;
        double y = 0.45 * r * Math.sin(angle) - size / 2;
        paint.setColor(shade(colour, between(0.65, 1)));
        paint.fill(new Ellipse2D.Double(x, y, size, size));
        paint.setColor(shade(colour, 0.5));
        paint.draw(new Ellipse2D.Double(x, y, size, size));
      }
      turn += 0.7;
    }
  }

  private void tulip(double radius) {
    stem(radius);
    Color colour = petalColour(between(0.1, 0.95));
    double width = radius * between(0.6, 0.8);
    for (int side = -1; side <= 1; side += 2) {
      petal(side * width * 0.5, width * 0.75, radius, side * 0.12, shade(colour, 0.8));
    }
    petal(0, width * 0.8, radius * 0.95, 0, colour);
  }

  /** A petal of a cup: wide below, pointed above. */
  private void petal(double x, double width, double height, double lean, Color colour) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, height * 0.8);
    path.curveTo(
        x - width, height * 0.7, x - width, -height * 0.3, x + lean * height, -height * 0.8);
    path.curveTo(x + width, -height * 0.3, x + width, height * 0.7, x, height * 0.8);
    paint.setColor(colour);
    paint.fill(path);
    paint.setColor(shade(colour, 0.6));
    paint.draw(path);
  }

  /** Narrow petals around the centre, the rounder the nearer {@code round} is to 1. */
  private void ring(int petals, double length, double width, Color colour, double round) {
    for (int i = 0; i < petals; i++) {
      AffineTransform before = paint.getTransform();
      paint.rotate(2 * Math.PI * i / petals + between(-0.06, 0.06));
      double reach = length * between(0.9, 1.05);
      Path2D path = new Path2D.Double();
      path.moveTo(0, 0);
      path.curveTo(reach * 0.4, -width, reach * (0.6 + 0.6 * round), -width * 0.8, reach, 0);
      path.curveTo(reach * (0.6 + 0.6 * round), width * 0.8, reach * 0.4, width, 0, 0);
      paint.setColor(shade(colour, between(0.8, 1)));
      paint.fill(path);
      paint.setColor(shade(colour, 0.6));
      paint.draw(path);
      paint.setTransform(before);
    }
  }

  private void disc(double radius, Color colour) {
    paint.setColor(colour);
    paint.fill(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius));
  }

  private void stem(double radius) {
    double width = Math.max(2, radius * 0.1);
    paint.setColor(Color.getHSBColor(between(0.25, 0.36), between(0.4, 0.8), between(0.25, 0.6)));
    Path2D path = new Path2D.Double();
    path.moveTo(-width / 2, 0);
    path.lineTo(width / 2, 0);
    path.lineTo(width / 2 + between(-15, 15), HEIGHT);
    path.lineTo(-width / 2, HEIGHT);
    path.closePath();
    paint.fill(path);
  }

  /** White to strongly coloured, in any hue of a garden but blue and green. */
  private Color petalColour(double saturation) {
    float hue = random.nextInt(3) == 0 ? between(0.1, 0.17) : between(0.8, 1.05);
    return Color.getHSBColor(hue, (float) saturation, between(0.75, 1));
  }

  private void grain(BufferedImage image) {
    int strength = 6;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int rgb = image.getRGB(x, y);
        int noise = random.nextInt(2 * strength + 1) - strength;
        image.setRGB(
            x, y, noisy(rgb >> 16, noise) << 16 | noisy(rgb >> 8, noise) << 8 | noisy(rgb, noise));
      }
    }
  }

  private static int noisy(int sample, int noise) {
    return Math.max(0, Math.min(255, (sample & 0xFF) + noise));
  }

  private static Color shade(Color colour, double factor) {
    return new Color(
        (int) (colour.getRed() * factor),
        (int) (colour.getGreen() * factor),
        (int) (colour.getBlue() * factor));
  }

  private static Color alpha(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  private float between(double low, double high) {
    return (float) (low + (high - low) * random.nextDouble());
  }
}
