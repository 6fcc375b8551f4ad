package org.hpo4j.examples.documents.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The best value so far against the epochs that were trained: means thick, repetitions thin. */
public final class TunerPlot {
  private static final List<Color> COLOURS =
      List.of(
          new Color(0xE4, 0x57, 0x56), new Color(0x4C, 0x78, 0xA8), new Color(0x54, 0xA2, 0x4B));

  private TunerPlot() {}

  /**
   * Writes a PNG of 1600x1000 pixels.
   *
   * @param curves by name of the tuner, the best value after each epoch of each repetition; at most
   *     three tuners
   * @param file with the ending {@code .png}
   */
  public static void write(Map<String, List<List<Double>>> curves, Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title("Best validation F1 so far")
            .xAxisTitle("epochs trained, all trials of a run together")
            .yAxisTitle("val_f1")
            .build();
    style(chart);
    int number = 0;
    for (Map.Entry<String, List<List<Double>>> tuner : curves.entrySet()) {
      Color colour = COLOURS.get(number++);
      Color pale = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 70);
      for (int i = 0; i < tuner.getValue().size(); i++) {
        add(chart, tuner.getKey() + " " + i, tuner.getValue().get(i), pale, 1f)
            .setShowInLegend(false);
      }
      add(chart, tuner.getKey(), mean(tuner.getValue()), colour, 3f);
    }
    BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG, 144);
  }

  private static XYSeries add(
      XYChart chart, String name, List<Double> values, Color colour, float width) {
    XYSeries series =
        chart.addSeries(
            name,
            IntStream.rangeClosed(1, values.size()).asDoubleStream().toArray(),
            values.stream().mapToDouble(v -> v).toArray());
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(width));
    return series;
  }

  /** As far as all repetitions go. */
  private static List<Double> mean(List<List<Double>> curves) {
    int length = curves.stream().mapToInt(List::size).min().orElseThrow();
    return IntStream.range(0, length)
        .mapToObj(i -> curves.stream().mapToDouble(c -> c.get(i)).average().orElseThrow())
        .toList();
  }

  private static void style(XYChart chart) {
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(0.0);
    styler.setYAxisDecimalPattern("0.00");
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
