package org.hpo4j.examples.unet.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.hpo4j.examples.unet.data.Label;
import org.hpo4j.examples.unet.data.Tile;

/** Test tiles in rows: input, truth, what the baseline and what the best network say. */
public final class TilePicture {
  private static final int CELL = 224;
  private static final int GAP = 10;
  private static final int HEADER = 34;
  private static final int FOOTER = 38;
  private static final List<String> LABELS = List.of("background", "building", "border");
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x20, 0x24, 0x2C), new Color(0xF2, 0x9E, 0x38), new Color(0xFA, 0xF3, 0xDD));

  private TilePicture() {}

  /** One row: a tile and two segmentations of it. */
  public record Row(Tile tile, Segmentation baseline, Segmentation best) {}

  /**
   * Writes a PNG.
   *
   * @param rows at least one
   * @param bestTitle heading of the last column
   */
  public static void write(List<Row> rows, String bestTitle, Path file) throws IOException {
    int width = 4 * CELL + 5 * GAP;
    int height = HEADER + rows.size() * (CELL + GAP) + FOOTER;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = image.createGraphics();
    paint.setColor(Color.WHITE);
    paint.fillRect(0, 0, width, height);
    paint.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    paint.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    header(paint, List.of("input", "truth", "baseline", bestTitle));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int y = HEADER + i * (CELL + GAP);
      int w = row.best.width();
      int h = row.best.height();
      cell(paint, 0, y, raster(w, h, (u, v) -> photo(row.tile, u, v)));
      cell(paint, 1, y, raster(w, h, (u, v) -> colour(row.tile.label(u, v))));
      cell(paint, 2, y, raster(w, h, (u, v) -> colour(row.baseline.label(u, v))));
      cell(paint, 3, y, raster(w, h, (u, v) -> colour(row.best.label(u, v))));
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
    for (int label = 0; label < Label.COUNT; label++) {
      paint.setColor(COLOURS.get(label));
      paint.fillRect(x, top + 10, 18, 18);
      paint.setColor(Color.GRAY);
      paint.drawRect(x, top + 10, 18, 18);
      paint.setColor(Color.DARK_GRAY);
      paint.drawString(LABELS.get(label), x + 26, top + 24);
      x += 26 + paint.getFontMetrics().stringWidth(LABELS.get(label)) + 30;
    }
  }

  private static void cell(Graphics2D paint, int column, int y, BufferedImage picture) {
    paint.drawImage(picture, GAP + column * (CELL + GAP), y, CELL, CELL, null);
  }

  private interface Pixels {
    int rgb(int x, int y);
  }

  private static BufferedImage raster(int width, int height, Pixels pixels) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, pixels.rgb(x, y));
      }
    }
    return image;
  }

  private static int photo(Tile tile, int x, int y) {
    return tile.colour(x, y, 0) << 16 | tile.colour(x, y, 1) << 8 | tile.colour(x, y, 2);
  }

  private static int colour(int label) {
    return COLOURS.get(label).getRGB();
  }
}
