package org.hpo4j.examples.vessels.report;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Dots over names.
 *
 * @param title of the chart
 * @param up what the dots' values are
 * @param columns from left to right, at least one with a value
 */
record DotPlot(String title, String up, List<Named> columns) {

  /** A name on the axis across, with the values of its dots; maybe none. */
  record Named(String name, List<Double> values) {
    Named {
      values = List.copyOf(values);
    }

    double mean() {
      return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
  }

  /** Returns a chart without a line. */
  CategoryChart chart(int width, int height) {
    CategoryChart chart =
        new CategoryChartBuilder().width(width).height(height).title(title).yAxisTitle(up).build();
    Panels.style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setOverlapped(true);
    chart.getStyler().setYAxisDecimalPattern("0.00");
    int most = columns.stream().mapToInt(column -> column.values.size()).max().orElse(0);
    for (int i = 0; i < most; i++) {
      // A series has one dot a name at most: the first of each name, the second of each, ...
      List<Double> row = new ArrayList<>();
      for (Named column : columns) {
        row.add(i < column.values.size() ? column.values.get(i) : Double.NaN);
      }
      CategorySeries series = add(chart, "dot " + i, row);
      series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
      series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Panels.FIRST);
    }
    return chart;
  }

  /** Returns a chart with a line through the means and a dashed one at a constant. */
  CategoryChart chart(int width, int height, double constant) {
    CategoryChart chart = chart(width, height);
    CategorySeries means = add(chart, "mean", columns.stream().map(Named::mean).toList());
    means.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
    means.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(Panels.SECOND);
    means.setLineColor(Panels.SECOND).setLineStyle(new BasicStroke(1.3f));
    CategorySeries level =
        add(chart, "constant", columns.stream().map(column -> constant).toList());
    level.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
    level.setMarker(SeriesMarkers.NONE).setLineColor(Panels.QUIET);
    level.setLineStyle(
        new BasicStroke(
            1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 10, new float[] {4, 4}, 0));
    return chart;
  }

  private CategorySeries add(CategoryChart chart, String name, List<Double> values) {
    return chart.addSeries(name, columns.stream().map(Named::name).toList(), values);
  }
}
