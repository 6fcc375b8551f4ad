package org.hpo4j.benchmarks.convergence;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot for each problem: the median regret against the trials, with the band of quartiles. */
final class RegretPlots {

  /** The eight colours of Okabe and Ito, which most people can tell apart, and four more. */
  private static final List<Color> COLOURS =
      IntStream.of(
              0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000, 0xA09000,
              0x7F3C8D, 0x8C564B, 0x11A579, 0x999999)
          .mapToObj(Color::new)
          .toList();

  private static final int BAND_OPACITY = 28;

  /** Enough for a curve of thousands of steps. */
  private static final int POINTS = 120;

  private final RegretTable table;
  private final String unit;

  /**
   * Plots of a table.
   *
   * @param unit of the horizontal axis, such as "trials"
   */
  RegretPlots(RegretTable table, String unit) {
    this.table = table;
    this.unit = unit;
  }

  /** Writes PROBLEM.png for each problem. */
  void write(Path folder, int longest) throws IOException {
    Files.createDirectories(folder);
    for (String problem : table.problems()) {
      XYChart chart = chart(problem, longest);
      BitmapEncoder.saveBitmapWithDPI(
          chart, folder.resolve(problem + ".png").toString(), BitmapFormat.PNG, 144);
    }
  }

  private XYChart chart(String problem, int longest) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(560)
            .title(problem)
            .xAxisTitle(unit)
            .yAxisTitle("regret: median and quartiles")
            .build();
    style(chart);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) longest);
    int[] steps =
        IntStream.rangeClosed(1, POINTS).map(i -> Math.max(1, i * longest / POINTS)).toArray();
    int[] distinct = IntStream.of(steps).distinct().toArray();
    double floor = table.resolution(problem);
    List<String> samplers =
        table.samplers().stream().filter(s -> !table.runs(problem, s).isEmpty()).toList();
    for (String sampler : samplers) {
      Color colour = COLOURS.get(table.samplers().indexOf(sampler) % COLOURS.size());
      double[] median = quantiles(problem, sampler, distinct, 0.5, floor);
      band(chart, problem, sampler, distinct, floor, colour);
      XYSeries line =
          chart.addSeries(sampler, IntStream.of(distinct).asDoubleStream().toArray(), median);
      line.setMarker(SeriesMarkers.NONE);
      line.setLineColor(colour);
      boolean own = sampler.startsWith("hpo4j");
      line.setLineStyle(own ? SeriesLines.SOLID : SeriesLines.DASH_DASH);
      line.setLineWidth(own ? 2.4f : 1.3f);
    }
    return chart;
  }

  /** Down the lower quartiles and back along the upper ones. */
  private void band(
      XYChart chart, String problem, String sampler, int[] steps, double floor, Color colour) {
    double[] lower = quantiles(problem, sampler, steps, 0.25, floor);
    double[] upper = quantiles(problem, sampler, steps, 0.75, floor);
    double[] x = new double[2 * steps.length];
    double[] y = new double[2 * steps.length];
    for (int i = 0; i < steps.length; i++) {
      int back = x.length - 1 - i;
      x[i] = steps[i];
      y[i] = lower[i];
      x[back] = steps[i];
      y[back] = upper[i];
    }
    Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_OPACITY);
    XYSeries band = chart.addSeries(sampler + ", quartiles", x, y);
    band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(faint);
    band.setLineColor(new Color(0, true));
    band.setMarker(SeriesMarkers.NONE);
    band.setShowInLegend(false);
  }

  /** A logarithmic axis has no place for 0: the resolution stands for all below. */
  private double[] quantiles(
      String problem, String sampler, int[] steps, double probability, double floor) {
    return IntStream.of(steps)
        .mapToDouble(t -> Math.max(floor, table.quantile(problem, sampler, t, probability)))
        .toArray();
  }

  private static void style(XYChart chart) {
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    chart
        .getStyler()
        .setYAxisLogarithmic(true)
        .setAxisTickLabelsFont(plain)
        .setAxisTitleFont(plain)
        .setPlotGridLinesColor(new Color(0xE6, 0xE6, 0xE6))
        .setPlotGridLinesStroke(new BasicStroke(0.8f))
        .setPlotBorderVisible(false)
        .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14))
        .setChartBackgroundColor(Color.WHITE)
        .setLegendFont(plain)
        .setLegendBorderColor(Color.WHITE)
        .setLegendPosition(LegendPosition.OutsideE);
  }
}
