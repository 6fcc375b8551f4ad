package org.hpo4j.examples.flowers.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Accuracy of every run by epoch: on the training batches dashed, on the validation part solid. */
public final class CurvePlot {
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x4C, 0x78, 0xA8),
          new Color(0xE4, 0x57, 0x56),
          new Color(0x54, 0xA2, 0x4B),
          new Color(0xB2, 0x79, 0xA2));

  private CurvePlot() {}

  /**
   * Writes a PNG of 1600x1000 pixels.
   *
   * @param rows of the runs, in the order of epochs
   * @param file with the ending {@code .png}
   */
  public static void write(List<RunRow> rows, Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title("Accuracy of every run")
            .xAxisTitle("epoch")
            .yAxisTitle("accuracy")
            .build();
    style(chart.getStyler());
    Map<Integer, List<RunRow>> runs = new TreeMap<>();
    rows.forEach(row -> runs.computeIfAbsent(row.run(), n -> new ArrayList<>()).add(row));
    runs.forEach(
        (number, run) -> {
          Color colour = COLOURS.get(number % COLOURS.size());
          Map<String, Object> parameters = run.get(0).parameters();
          String name =
              "%s units, dropout %s".formatted(parameters.get("units"), parameters.get("dropout"));
          line(chart, name, run, RunRow.VALIDATION_ACCURACY, colour, true);
          if (run.stream().noneMatch(row -> Double.isNaN(row.metric(RunRow.TRAINING_ACCURACY)))) {
            line(chart, name + ", training", run, RunRow.TRAINING_ACCURACY, colour, false);
          }
        });
    BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG, 144);
  }

  private static void line(
      XYChart chart, String name, List<RunRow> run, String metric, Color colour, boolean solid) {
    XYSeries series =
        chart.addSeries(
            name,
            run.stream().mapToDouble(RunRow::epoch).toArray(),
            run.stream().mapToDouble(row -> row.metric(metric)).toArray());
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour);
    series.setLineStyle(
        solid
            ? new BasicStroke(2f)
            : new BasicStroke(
                1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
  }

  private static void style(XYStyler styler) {
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    styler.setYAxisDecimalPattern("0.00");
    styler.setXAxisDecimalPattern("0");
    styler.setXAxisMin(0.0);
    styler.setPlotGridLinesColor(new Color(0xE6, 0xE6, 0xE6));
    styler.setPlotGridLinesStroke(new BasicStroke(0.8f));
    styler.setPlotBorderVisible(false);
    styler.setAxisTickLabelsFont(plain);
    styler.setAxisTitleFont(plain);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    styler.setLegendFont(plain);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendBorderColor(Color.LIGHT_GRAY);
  }
}
