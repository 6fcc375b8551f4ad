package org.hpo4j.examples.vessels.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;

/** Validation loss by option, a panel for each choice and a dot for each trial. */
public final class ChoicePlot {
  private static final int COLUMNS = 3;

  private ChoicePlot() {}

  /**
   * One panel.
   *
   * @param name of the parameter
   * @param options in order
   * @param dots an option's index and a value for each trial that has the parameter
   */
  public record Panel(String name, List<String> options, List<Dot> dots) {
    public Panel {
      options = List.copyOf(options);
      dots = List.copyOf(dots);
    }
  }

  /** A trial: the index of its option and its value. */
  public record Dot(int option, double value) {}

  /**
   * Writes a PNG.
   *
   * @param panels those without a dot are left out; at least one must have some
   */
  public static void write(List<Panel> panels, Path file) throws IOException {
    List<CategoryChart> charts = new ArrayList<>();
    DoubleSummaryStatistics values =
        panels.stream()
            .flatMap(panel -> panel.dots.stream())
            .mapToDouble(Dot::value)
            .summaryStatistics();
    double margin = 0.05 * (values.getMax() - values.getMin()) + 1e-3;
    for (Panel panel : panels) {
      if (!panel.dots.isEmpty()) {
        CategoryChart chart = chart(panel);
        chart.getStyler().setYAxisMin(values.getMin() - margin);
        chart.getStyler().setYAxisMax(values.getMax() + margin);
        charts.add(chart);
      }
    }
    Panels.write(charts, COLUMNS, file);
  }

  private static CategoryChart chart(Panel panel) {
    List<DotPlot.Named> columns = new ArrayList<>();
    for (int i = 0; i < panel.options.size(); i++) {
      int option = i;
      List<Double> values =
          panel.dots.stream().filter(dot -> dot.option == option).map(Dot::value).toList();
      columns.add(new DotPlot.Named(shortened(panel.options.get(i)), values));
    }
    return new DotPlot(panel.name, "validation loss", columns).chart(420, 300);
  }

  private static String shortened(String option) {
    return option.replace("_leaky_relu", "").replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
