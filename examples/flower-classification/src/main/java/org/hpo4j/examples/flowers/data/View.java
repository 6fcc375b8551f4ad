package org.hpo4j.examples.flowers.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import org.apache.commons.rng.UniformRandomProvider;
import org.hpo4j.math.KeyedRandom;

/**
 * A square look at a picture. View 0 is the plain one, the centre; the others are augmented: part
 * of the picture, turned, mirrored, lighter or darker.
 *
 * @param zoom side of the square as a share of the largest that fits the turned picture
 * @param angle in radians
 * @param mirrored whether left and right are exchanged
 * @param right place of the square, 0 at the left and 1 at the right end of where it fits
 * @param down alike, from top to bottom
 * @param gain what brightness is multiplied by
 */
record View(double zoom, double angle, boolean mirrored, double right, double down, double gain) {
  /** As usual for ImageNet: of a picture whose short side is 256, the central 224. */
  private static final double PLAIN_ZOOM = 224.0 / 256;

  private static final double SMALLEST_ZOOM = 0.65;
  private static final double LARGEST_ANGLE = Math.toRadians(15);
  private static final double LARGEST_GAIN = 1.25;

  /**
   * Returns a view of one picture.
   *
   * @param seed of the study
   * @param picture the picture's name
   * @param number of the view, from 0
   */
  static View of(long seed, String picture, int number) {
    if (number == 0) {
      return new View(PLAIN_ZOOM, 0, false, 0.5, 0.5, 1);
    }
    UniformRandomProvider random = KeyedRandom.of(seed, number, "view/" + picture);
    return new View(
        random.nextDouble(SMALLEST_ZOOM, 1),
        random.nextDouble(-LARGEST_ANGLE, LARGEST_ANGLE),
        random.nextBoolean(),
        random.nextDouble(),
        random.nextDouble(),
        Math.pow(LARGEST_GAIN, random.nextDouble(-1, 1)));
  }

  /**
   * Returns what the view shows.
   *
   * @param picture not empty
   * @param size height and width of the result in pixels
   */
  BufferedImage of(BufferedImage picture, int size) {
    double reach = Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle));
    double side = zoom * Math.min(picture.getWidth(), picture.getHeight()) / reach;
    // Bilinear sampling reads 2x2 pixels, which is too few where it should shrink by more than two.
    BufferedImage source = picture;
    double shrunk = 1;
    while (side / shrunk >= 2 * size) {
      source = halved(source);
      shrunk *= 2;
    }
    double half = side * reach / 2;
    double x = half + right * (picture.getWidth() - 2 * half);
    double y = half + down * (picture.getHeight() - 2 * half);
    AffineTransform place = new AffineTransform();
    place.translate(size / 2.0, size / 2.0);
    place.scale((mirrored ? -1 : 1) * size / side, size / side);
    place.rotate(angle);
    place.translate(-x, -y);
    place.scale(
        (double) picture.getWidth() / source.getWidth(),
        (double) picture.getHeight() / source.getHeight());
    BufferedImage shown = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    draw(source, shown, place);
    return gain == 1 ? shown : brightened(shown);
  }

  private static BufferedImage halved(BufferedImage image) {
    int width = Math.max(1, image.getWidth() / 2);
    int height = Math.max(1, image.getHeight() / 2);
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    draw(
        image,
        small,
        AffineTransform.getScaleInstance(
            (double) width / image.getWidth(), (double) height / image.getHeight()));
    return small;
  }

  private static void draw(BufferedImage from, BufferedImage to, AffineTransform place) {
    Graphics2D paint = to.createGraphics();
    paint.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    paint.drawImage(from, place, null);
    paint.dispose();
  }

  private BufferedImage brightened(BufferedImage image) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        image.setRGB(x, y, bright(rgb >> 16) << 16 | bright(rgb >> 8) << 8 | bright(rgb));
      }
    }
    return image;
  }

  private int bright(int sample) {
    return (int) Math.min(255, Math.round(gain * (sample & 0xFF)));
  }
}
