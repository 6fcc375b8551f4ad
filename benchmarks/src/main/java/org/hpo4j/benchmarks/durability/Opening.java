package org.hpo4j.benchmarks.durability;

import java.io.IOException;
import java.util.List;

/**
 * How long it takes to open a study.
 *
 * @param what was opened, by whom
 * @param cold seconds of the first opening in a new process
 * @param warm seconds of the last one in the same process; NaN where there was one only
 */
record Opening(String what, double cold, double warm) {

  /**
   * Reads lines of a number of trials and seconds.
   *
   * @throws IOException if the study did not have so many trials
   */
  static Opening parse(String what, int trials, List<String> lines) throws IOException {
    for (String line : lines) {
      if (!line.startsWith(trials + " ")) {
        throw new IOException(what + ": needs " + trials + " trials and seconds, got " + lines);
      }
    }
    return new Opening(
        what,
        seconds(lines.get(0)),
        lines.size() == 1 ? Double.NaN : seconds(lines.get(lines.size() - 1)));
  }

  private static double seconds(String line) {
    return Double.parseDouble(line.substring(line.indexOf(' ') + 1));
  }
}
