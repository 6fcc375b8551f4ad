package org.hpo4j.examples.vessels.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A probability map as a grey picture: black is 0, white 1. */
public final class MapPicture {
  private MapPicture() {}

  /**
   * Writes a PNG.
   *
   * @param map a probability a pixel, row by row
   * @param width in pixels
   */
  public static void write(float[] map, int width, Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(width, map.length / width, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < map.length; i++) {
      image.getRaster().setSample(i % width, i / width, 0, Math.round(255 * map[i]));
    }
    ImageIO.write(image, "png", file.toFile());
  }

  /** Reads what {@link #write} wrote, rounded to steps of 1/255. */
  public static float[] read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    int width = image.getWidth();
    float[] map = new float[width * image.getHeight()];
    for (int i = 0; i < map.length; i++) {
      map[i] = image.getRaster().getSample(i % width, i / width, 0) / 255f;
    }
    return map;
  }
}
