package org.hpo4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of text in columns two spaces apart, numbers with their decimal points in line. */
final class TextTable {

  private static final String GAP = "  ";
  private static final Pattern NUMBER = Pattern.compile("|-|-?\\d+(\\.\\d+)?");

  /** A number, perhaps with a unit or an exponent: flush right, where all other text is left. */
  private static final Pattern QUANTITY = Pattern.compile("|-|-?(\\d.*|inf|nan)");

  private final List<List<String>> columns = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param headers one a column
   */
  TextTable(List<String> headers) {
    headers.forEach(header -> columns.add(new ArrayList<>(List.of(header))));
  }

  /** Adds a row of one cell a column. */
  void add(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells in a table of " + columns.size() + " columns");
    }
    for (int i = 0; i < cells.size(); i++) {
      columns.get(i).add(cells.get(i));
    }
  }

  /** The length of the longest line. */
  int width() {
    return lines().stream().mapToInt(String::length).max().orElse(0);
  }

  /** The lines, the header first, none with trailing spaces. */
  List<String> lines() {
    List<List<String>> padded = columns.stream().map(TextTable::padded).toList();
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < columns.get(0).size(); row++) {
      int current = row;
      lines.add(
          String.join(GAP, padded.stream().map(column -> column.get(current)).toList())
              .stripTrailing());
    }
    return lines;
  }

  /** The header and the cells of a column, all of one length. */
  private static List<String> padded(List<String> column) {
    List<String> cells = column.subList(1, column.size());
    boolean right = cells.stream().allMatch(cell -> QUANTITY.matcher(cell).matches());
    List<String> padded = new ArrayList<>(List.of(column.get(0)));
    if (cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches())) {
      int longest = cells.stream().mapToInt(TextTable::fraction).max().orElse(0);
      cells.forEach(cell -> padded.add(cell + " ".repeat(longest - fraction(cell))));
    } else {
      padded.addAll(cells);
    }
    int width = padded.stream().mapToInt(String::length).max().orElse(0);
    padded.replaceAll(
        cell -> {
          String blanks = " ".repeat(width - cell.length());
          return right ? blanks + cell : cell + blanks;
        });
    return padded;
  }

  /** How many characters a number has from its decimal point on. */
  private static int fraction(String number) {
    int point = number.indexOf('.');
    return point < 0 ? 0 : number.length() - point;
  }
}
