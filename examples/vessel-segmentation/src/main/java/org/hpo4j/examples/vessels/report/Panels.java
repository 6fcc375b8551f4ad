package org.hpo4j.examples.vessels.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** Charts of one look, side by side in one picture. */
final class Panels {
  static final Color FIRST = new Color(0x4C, 0x78, 0xA8);
  static final Color SECOND = new Color(0xE4, 0x57, 0x56);
  static final Color QUIET = new Color(0x8A, 0x8A, 0x8A);

  /** Pixels of the picture for each of a chart's. */
  private static final int SCALE = 2;

  private Panels() {}

  static XYChart chart(int width, int height, String title, String across, String up) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(across)
            .yAxisTitle(up)
            .build();
    style(chart.getStyler());
    return chart;
  }

  static void style(AxesChartStyler styler) {
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    styler.setMarkerSize(6);
    styler.setPlotGridLinesColor(new Color(0xE6, 0xE6, 0xE6));
    styler.setPlotGridLinesStroke(new BasicStroke(0.8f));
    styler.setPlotBorderVisible(false);
    styler.setAxisTickLabelsFont(plain);
    styler.setAxisTitleFont(plain);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    styler.setLegendFont(plain);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
  }

  /**
   * Writes a PNG.
   *
   * @param charts at least one, all of one size
   * @param columns charts in a row
   */
  static void write(List<? extends Chart<?, ?>> charts, int columns, Path file) throws IOException {
    int width = charts.get(0).getWidth();
    int height = charts.get(0).getHeight();
    int across = Math.min(columns, charts.size());
    int down = (charts.size() + columns - 1) / columns;
    BufferedImage image =
        new BufferedImage(
            SCALE * across * width, SCALE * down * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = image.createGraphics();
    paint.setColor(Color.WHITE);
    paint.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int i = 0; i < charts.size(); i++) {
      Graphics2D part = (Graphics2D) paint.create();
      part.scale(SCALE, SCALE);
      part.translate(i % columns * width, Math.floorDiv(i, columns) * height);
      charts.get(i).paint(part, width, height);
      part.dispose();
    }
    paint.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
