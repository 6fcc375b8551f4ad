package org.hpo4j.examples.flowers.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.hpo4j.examples.flowers.data.Picture;
import org.hpo4j.examples.flowers.data.PictureSplit;
import org.hpo4j.examples.flowers.data.Views;

/** A grid of what is trained on: two rows a class, plain views first and augmented ones after. */
public final class ImageGrid {
  private static final int CELL = 112;
  private static final int GAP = 4;
  private static final int TITLE = 22;
  private static final int COLUMNS = 6;

  private ImageGrid() {}

  /**
   * Draws the grid: of each class the first pictures to train on, in a row their plain views, in
   * the next their first augmented ones.
   *
   * @param classes their names
   */
  public static BufferedImage draw(List<String> classes, PictureSplit split, Views views)
      throws IOException {
    int rowHeight = TITLE + 2 * (CELL + GAP);
    BufferedImage grid =
        new BufferedImage(
            GAP + COLUMNS * (CELL + GAP),
            GAP + classes.size() * rowHeight,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = grid.createGraphics();
    paint.setColor(Color.WHITE);
    paint.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    paint.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    paint.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    paint.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    for (int label = 0; label < classes.size(); label++) {
      int top = GAP + label * rowHeight;
      paint.setColor(Color.DARK_GRAY);
      paint.drawString(classes.get(label) + ", below augmented", GAP, top + 15);
      List<Picture> members = members(split, label);
      for (int i = 0; i < members.size(); i++) {
        int x = GAP + i * (CELL + GAP);
        for (int row = 0; row < 2; row++) {
          int y = top + TITLE + row * (CELL + GAP);
          paint.drawImage(views.image(members.get(i), row), x, y, CELL, CELL, null);
        }
      }
    }
    paint.dispose();
    return grid;
  }

  private static List<Picture> members(PictureSplit split, int label) {
    return split.train().stream()
        .filter(picture -> picture.label() == label)
        .limit(COLUMNS)
        .toList();
  }
}
