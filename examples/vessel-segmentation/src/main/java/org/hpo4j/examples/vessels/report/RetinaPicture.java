package org.hpo4j.examples.vessels.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.hpo4j.examples.vessels.data.Photograph;
import org.hpo4j.examples.vessels.data.Retina;

/** Test photographs in rows: photograph, grader, probability map, segmentation. */
public final class RetinaPicture {
  private static final int CELL = 300;
  private static final int GAP = 10;
  private static final int HEADER = 34;
  private static final int FOOTER = 38;
  private static final Color FOUND = new Color(0xF2, 0xF2, 0xF2);
  private static final Color WRONG = new Color(0xE4, 0x57, 0x56);
  private static final Color MISSED = new Color(0x54, 0x9B, 0xE0);

  private RetinaPicture() {}

  /**
   * Writes a PNG.
   *
   * @param retinas at least one
   * @param maps a network's probability for each pixel, in the order of the photographs
   */
  public static void write(List<Retina> retinas, List<float[]> maps, Path file) throws IOException {
    int width = 4 * CELL + 5 * GAP;
    int height = HEADER + retinas.size() * (CELL + GAP) + FOOTER;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = image.createGraphics();
    paint.setColor(Color.WHITE);
    paint.fillRect(0, 0, width, height);
    paint.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    paint.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    header(paint, List.of("photograph", "grader", "probability", "segmentation"));
    for (int i = 0; i < retinas.size(); i++) {
      Retina retina = retinas.get(i);
      float[] map = maps.get(i);
      int y = HEADER + i * (CELL + GAP);
      cell(paint, 0, y, raster(retina, pixel -> photo(retina.photograph(), pixel)));
      cell(paint, 1, y, raster(retina, pixel -> retina.isVessel(pixel) ? FOUND.getRGB() : 0));
      cell(paint, 2, y, raster(retina, pixel -> grey(map[pixel])));
      cell(paint, 3, y, raster(retina, pixel -> verdict(retina, map, pixel)));
    }
    legend(paint, height - FOOTER);
    paint.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private static void header(Graphics2D paint, List<String> titles) {
    paint.setColor(Color.DARK_GRAY);
    paint.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    for (int i = 0; i < titles.size(); i++) {
      int centre = GAP + i * (CELL + GAP) + CELL / 2;
      String title = titles.get(i);
      paint.drawString(title, centre - paint.getFontMetrics().stringWidth(title) / 2, 23);
    }
  }

  private static void legend(Graphics2D paint, int top) {
    paint.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    int x = GAP;
    for (Color colour : List.of(FOUND, WRONG, MISSED)) {
      String label =
          colour.equals(FOUND) ? "found" : colour.equals(WRONG) ? "not a vessel" : "missed";
      paint.setColor(colour);
      paint.fillRect(x, top + 10, 18, 18);
      paint.setColor(Color.GRAY);
      paint.drawRect(x, top + 10, 18, 18);
      paint.setColor(Color.DARK_GRAY);
      paint.drawString(label, x + 26, top + 24);
      x += 26 + paint.getFontMetrics().stringWidth(label) + 30;
    }
  }

  private static void cell(Graphics2D paint, int column, int y, BufferedImage picture) {
    paint.drawImage(picture, GAP + column * (CELL + GAP), y, CELL, CELL, null);
  }

  private static BufferedImage raster(Retina retina, IntUnaryOperator rgb) {
    int width = retina.width();
    BufferedImage image = new BufferedImage(width, retina.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * retina.height(); i++) {
      image.setRGB(i % width, i / width, rgb.applyAsInt(i));
    }
    return image;
  }

  private static int photo(Photograph photograph, int pixel) {
    return photograph.colour(pixel, 0) << 16
        | photograph.colour(pixel, 1) << 8
        | photograph.colour(pixel, 2);
  }

  private static int grey(float probability) {
    return Math.round(255 * probability) * 0x010101;
  }

  private static int verdict(Retina retina, float[] map, int pixel) {
    boolean called = map[pixel] >= Score.THRESHOLD;
    if (!retina.isInside(pixel) || !(called || retina.isVessel(pixel))) {
      return 0;
    }
    Color colour = called ? retina.isVessel(pixel) ? FOUND : WRONG : MISSED;
    return colour.getRGB();
  }
}
