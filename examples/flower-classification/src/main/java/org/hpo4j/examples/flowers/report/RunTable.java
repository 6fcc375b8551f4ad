package org.hpo4j.examples.flowers.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The best epochs of runs as a table, best validation accuracy first. */
public final class RunTable {
  private static final Comparator<RunRow> ACCURACY =
      Comparator.comparingDouble(row -> -row.metric(RunRow.VALIDATION_ACCURACY));
  private static final Comparator<RunRow> BETTER =
      ACCURACY.thenComparingDouble(row -> row.metric(RunRow.VALIDATION_LOSS));

  private RunTable() {}

  /**
   * Returns each run's best epoch, the best run first: by validation accuracy, among equal runs by
   * validation loss. Of a run's equal epochs it is the first, whose weights are kept.
   */
  public static List<RunRow> best(List<RunRow> rows) {
    Map<Integer, RunRow> best = new LinkedHashMap<>();
    rows.forEach(row -> best.merge(row.run(), row, (a, b) -> ACCURACY.compare(b, a) < 0 ? b : a));
    return best.values().stream().sorted(BETTER).toList();
  }

  /** Returns the table in Markdown. */
  public static String toText(List<RunRow> rows) {
    StringBuilder text =
        new StringBuilder(
            "| run | units | dropout | learning rate | batch | best epoch | training loss | training"
                + " accuracy | validation loss | validation accuracy |\n"
                + "|---|---|---|---|---|---|---|---|---|---|\n");
    for (RunRow row : best(rows)) {
      Map<String, Object> parameters = row.parameters();
      text.append(
          "| %d | %s | %s | %s | %s | %d | %s | %s | %s | %s |%n"
              .formatted(
                  row.run(),
                  parameters.get("units"),
                  parameters.get("dropout"),
                  parameters.get("learning_rate"),
                  parameters.get("batch"),
                  row.epoch(),
                  loss(row.metric(RunRow.TRAINING_LOSS)),
                  percent(row.metric(RunRow.TRAINING_ACCURACY)),
                  loss(row.metric(RunRow.VALIDATION_LOSS)),
                  percent(row.metric(RunRow.VALIDATION_ACCURACY))));
    }
    return text.toString();
  }

  private static String loss(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Returns a share in percent with one decimal. */
  public static String percent(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }
}
