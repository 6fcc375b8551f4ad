package org.hpo4j.examples.vessels.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.hpo4j.examples.vessels.report.RankedPixels.Curves;
import org.hpo4j.examples.vessels.report.RankedPixels.Point;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Receiver operating characteristic and precision-recall curve, a line for each retraining. */
public final class CurvePlot {
  private CurvePlot() {}

  /** Writes a PNG of both, the baseline blue, the best network red. */
  public static void write(List<Curves> baseline, List<Curves> best, Path file) throws IOException {
    XYChart roc =
        Panels.chart(
            520, 460, "Receiver operating characteristic", "false-positive rate", "sensitivity");
    add(roc, "baseline", baseline, Curves::roc, Curves::rocArea, Panels.FIRST);
    add(roc, "best", best, Curves::roc, Curves::rocArea, Panels.SECOND);
    roc.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
    XYChart pr = Panels.chart(520, 460, "Precision and recall", "recall", "precision");
    add(pr, "baseline", baseline, Curves::precisionRecall, Curves::averagePrecision, Panels.FIRST);
    add(pr, "best", best, Curves::precisionRecall, Curves::averagePrecision, Panels.SECOND);
    pr.getStyler().setLegendPosition(Styler.LegendPosition.InsideSW);
    Panels.write(List.of(roc, pr), 2, file);
  }

  private static void add(
      XYChart chart,
      String name,
      List<Curves> runs,
      Function<Curves, List<Point>> curve,
      Function<Curves, Double> area,
      Color colour) {
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax(1.0);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(1.0);
    double mean = runs.stream().mapToDouble(area::apply).average().orElse(Double.NaN);
    for (int i = 0; i < runs.size(); i++) {
      List<Point> points = curve.apply(runs.get(i));
      String title = String.format(Locale.ROOT, "%s, mean area %.4f", name, mean);
      XYSeries series =
          chart.addSeries(
              i == 0 ? title : name + " " + i,
              points.stream().mapToDouble(Point::x).toArray(),
              points.stream().mapToDouble(Point::y).toArray());
      series.setMarker(SeriesMarkers.NONE);
      series.setLineColor(colour);
      series.setLineStyle(new BasicStroke(1.3f));
      series.setShowInLegend(i == 0);
    }
  }
}
