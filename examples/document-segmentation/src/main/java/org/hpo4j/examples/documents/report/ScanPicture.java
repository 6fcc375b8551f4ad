package org.hpo4j.examples.documents.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.hpo4j.examples.documents.data.Scan;

/** Scans in rows: input, truth and prediction. Where classes overlap, their colours are mixed. */
public final class ScanPicture {
  private static final int CELL = 288;
  private static final int GAP = 10;
  private static final int HEADER = 34;
  private static final int LEGEND_LINE = 26;
  private static final List<String> TITLES = List.of("input", "truth", "prediction");

  private final List<String> classes;

  private ScanPicture(List<String> classes) {
    this.classes = classes;
  }

  /**
   * Writes a PNG.
   *
   * @param predictions one for each scan
   */
  public static void write(
      List<Scan> scans, List<Prediction> predictions, List<String> classes, Path file)
      throws IOException {
    ImageIO.write(new ScanPicture(classes).draw(scans, predictions), "png", file.toFile());
  }

  private BufferedImage draw(List<Scan> scans, List<Prediction> predictions) {
    int width = TITLES.size() * (CELL + GAP) + GAP;
    int rows = HEADER + scans.size() * (CELL + GAP);
    BufferedImage image =
        new BufferedImage(width, rows + legendHeight(width), BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = image.createGraphics();
    paint.setColor(Color.WHITE);
    paint.fillRect(0, 0, width, image.getHeight());
    paint.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    paint.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    paint.setColor(Color.DARK_GRAY);
    paint.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    for (int i = 0; i < TITLES.size(); i++) {
      int centre = GAP + i * (CELL + GAP) + CELL / 2;
      String title = TITLES.get(i);
      paint.drawString(title, centre - paint.getFontMetrics().stringWidth(title) / 2, 23);
    }
    for (int i = 0; i < scans.size(); i++) {
      Scan scan = scans.get(i);
      Prediction prediction = predictions.get(i);
      int y = HEADER + i * (CELL + GAP);
      cell(paint, 0, y, raster(scan, prediction, (u, v, c) -> false));
      cell(paint, 1, y, raster(scan, prediction, scan::is));
      cell(paint, 2, y, raster(scan, prediction, prediction::is));
    }
    legend(paint, rows, width);
    paint.dispose();
    return image;
  }

  private static void cell(Graphics2D paint, int column, int y, BufferedImage picture) {
    double scale = (double) CELL / Math.max(picture.getWidth(), picture.getHeight());
    paint.drawImage(
        picture,
        GAP + column * (CELL + GAP),
        y,
        (int) (scale * picture.getWidth()),
        (int) (scale * picture.getHeight()),
        null);
  }

  private interface Masks {
    boolean is(int x, int y, int formClass);
  }

  private BufferedImage raster(Scan scan, Prediction size, Masks masks) {
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int red = 0;
        int green = 0;
        int blue = 0;
        int count = 0;
        for (int c = 0; c < classes.size(); c++) {
          if (masks.is(x, y, c)) {
            Color colour = colour(c);
            red += colour.getRed();
            green += colour.getGreen();
            blue += colour.getBlue();
            count++;
          }
        }
        int r = scan.colour(x, y, 0);
        int g = scan.colour(x, y, 1);
        int b = scan.colour(x, y, 2);
        Color pixel =
            count == 0
                ? new Color(r, g, b)
                : new Color(
                    (r + 3 * red / count) / 4,
                    (g + 3 * green / count) / 4,
                    (b + 3 * blue / count) / 4);
        image.setRGB(x, y, pixel.getRGB());
      }
    }
    return image;
  }

  /** Neighbours in the list are far apart in hue. */
  private static Color colour(int formClass) {
    float golden = 0.618034f;
    return Color.getHSBColor(formClass * golden % 1, 0.75f, formClass % 2 == 0 ? 0.95f : 0.75f);
  }

  private int legendColumns(int width) {
    return width / 180;
  }

  private int legendHeight(int width) {
    int columns = legendColumns(width);
    return (classes.size() + columns - 1) / columns * LEGEND_LINE + GAP;
  }

  private void legend(Graphics2D paint, int top, int width) {
    paint.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    int columns = legendColumns(width);
    for (int c = 0; c < classes.size(); c++) {
      int x = GAP + c % columns * (width / columns);
      int y = top + c / columns * LEGEND_LINE;
      paint.setColor(colour(c));
      paint.fillRect(x, y, 18, 18);
      paint.setColor(Color.GRAY);
      paint.drawRect(x, y, 18, 18);
      paint.setColor(Color.DARK_GRAY);
      paint.drawString(classes.get(c), x + 26, y + 14);
    }
  }
}
