package org.hpo4j.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of Markdown, row by row. */
public final class MarkdownTable {

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  /** A table with these column heads. */
  public MarkdownTable(List<String> heads) {
    columns = heads.size();
    lines.add(line(heads));
    lines.add("|" + "---|".repeat(columns));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException unless it has one cell a column
   */
  public MarkdownTable row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException("needs " + columns + " cells, got " + cells);
    }
    lines.add(line(cells));
    return this;
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** A number with at most three significant digits, with an exponent where it has many zeros. */
  public static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double magnitude = Math.abs(value);
    return magnitude >= 1e-4 && magnitude < 1e6
        ? new BigDecimal(value).round(new MathContext(3)).toPlainString()
        : String.format(Locale.ROOT, "%.2e", value);
  }

  /** The lines, each ended. */
  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
