package org.hpo4j.examples.vessels.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.CategoryChart;

/** Learned slopes by layer, in the order in which a picture passes the layers. */
public final class SlopePlot {
  /** First value of every slope. */
  private static final double START = 0.25;

  private SlopePlot() {}

  /** Writes a PNG: a dot for each slope, a line for the means, a dashed one for the first value. */
  public static void write(Map<String, List<Double>> slopes, Path file) throws IOException {
    List<DotPlot.Named> columns = new ArrayList<>();
    slopes.forEach((layer, values) -> columns.add(new DotPlot.Named(layer, values)));
    CategoryChart chart =
        new DotPlot("Learned slopes of the PReLU, from 0.25", "slope for x < 0", columns)
            .chart(900, 460, START);
    chart.getStyler().setXAxisLabelRotation(45);
    Panels.write(List.of(chart), 1, file);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Returns a Markdown table: channels, mean, smallest and largest slope by layer. */
  public static String table(Map<String, List<Double>> slopes) {
    StringBuilder text = new StringBuilder("| layer | slopes | mean | smallest | largest |\n");
    text.append("|---|---|---|---|---|\n");
    slopes.forEach(
        (layer, values) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %.3f | %.3f | %.3f |%n",
                    layer,
                    values.size(),
                    mean(values),
                    values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
                    values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN))));
    return text.toString();
  }
}
