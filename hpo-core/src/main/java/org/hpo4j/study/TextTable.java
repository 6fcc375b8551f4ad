package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, two spaces apart. */
final class TextTable {

  private static final String GAP = "  ";

  private final List<String> headers;
  private final List<Boolean> right = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param headers one a column
   */
  TextTable(List<String> headers) {
    this.headers = List.copyOf(headers);
  }

  /** Adds a row of one cell a column. */
  void add(List<String> cells) {
    if (cells.size() != headers.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells in a table of " + headers.size() + " columns");
    }
    rows.add(List.copyOf(cells));
  }

  int width() {
    int width = GAP.length() * (headers.size() - 1);
    for (int column = 0; column < headers.size(); column++) {
      width += width(column);
    }
    return width;
  }

  private int width(int column) {
    int width = headers.get(column).length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }

  /** Columns of numbers are flush right, all others flush left. */
  private boolean isNumeric(int column) {
    return rows.stream().map(row -> row.get(column)).allMatch(TextTable::looksNumeric);
  }

  private static boolean looksNumeric(String cell) {
    return cell.isEmpty() || cell.equals("-") || cell.matches("-?(\\d.*|inf|nan)");
  }

  /** The lines, the header first, none with trailing spaces. */
  List<String> lines() {
    right.clear();
    for (int column = 0; column < headers.size(); column++) {
      right.add(isNumeric(column));
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(headers));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(width(column) - cell.length());
      line.append(column == 0 ? "" : GAP)
          .append(right.get(column) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }
}
