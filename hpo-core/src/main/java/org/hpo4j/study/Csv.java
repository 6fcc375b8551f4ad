package org.hpo4j.study;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Writes comma-separated values as RFC 4180 defines them. */
final class Csv {

  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
  private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\t\r]");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|-Infinity");

  private Csv() {}

  /** Writes one record and its CRLF. */
  static void row(Appendable out, List<String> fields) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      out.append(i == 0 ? "" : ",").append(field(fields.get(i)));
    }
    out.append("\r\n");
  }

  /**
   * A field, quoted where it must be. Text that a spreadsheet would run as a formula gets an
   * apostrophe in front, since names, labels and messages may come from anywhere; numbers do not.
   */
  static String field(String text) {
    String harmless =
        FORMULA.matcher(text).find() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    return NEEDS_QUOTES.matcher(harmless).find()
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
