package org.hpo4j.examples.unet.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Validation loss of each trial against the channels it tried, the best one marked. */
public final class ChannelPlot {
  private static final Color TRIALS = new Color(0x4C, 0x78, 0xA8);
  private static final Color BEST = new Color(0xE4, 0x57, 0x56);

  private ChannelPlot() {}

  /**
   * One trial of the plot.
   *
   * @param channels filters of the last convolution
   * @param loss validation loss
   */
  public record Point(int channels, double loss) {}

  /**
   * Writes a PNG of 1600x1000 pixels.
   *
   * @param points at least one
   * @param best one of them
   * @param file with the ending {@code .png}
   */
  public static void write(List<Point> points, Point best, Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title("Validation loss by width of the last convolution")
            .xAxisTitle("channels (three classes share them)")
            .yAxisTitle("validation loss")
            .build();
    style(chart);
    XYSeries trials =
        chart.addSeries(
            points.size() + " trials",
            points.stream().mapToDouble(Point::channels).toArray(),
            points.stream().mapToDouble(Point::loss).toArray());
    trials.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(TRIALS);
    XYSeries marked =
        chart.addSeries(
            "best: %d channels, %.4f".formatted(best.channels, best.loss),
            new double[] {best.channels},
            new double[] {best.loss});
    marked.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(BEST);
    BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG, 144);
  }

  private static void style(XYChart chart) {
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    XYStyler styler = chart.getStyler();
    styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    styler.setMarkerSize(9);
    styler.setXAxisMin(0.0);
    styler.setYAxisDecimalPattern("0.00");
    styler.setXAxisMax(123.0);
    styler.setPlotGridLinesColor(new Color(0xE6, 0xE6, 0xE6));
    styler.setPlotGridLinesStroke(new BasicStroke(0.8f));
    styler.setPlotBorderVisible(false);
    styler.setAxisTickLabelsFont(plain);
    styler.setAxisTitleFont(plain);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    styler.setLegendFont(plain);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.LIGHT_GRAY);
  }
}
