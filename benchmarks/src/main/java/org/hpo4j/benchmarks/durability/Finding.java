package org.hpo4j.benchmarks.durability;

import static org.hpo4j.benchmarks.MarkdownTable.number;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hpo4j.benchmarks.MarkdownTable;

/**
 * A figure beside its target.
 *
 * @param what was measured
 * @param figure in the unit of the target
 * @param unit "times" or "s"
 * @param target the bound
 * @param atLeast whether the target is a lower bound
 */
record Finding(String what, double figure, String unit, double target, boolean atLeast) {

  static Finding ratioAtLeast(String what, double ratio, double target) {
    return new Finding(what, ratio, "times", target, true);
  }

  static Finding secondsAtMost(String what, double seconds, double target) {
    return new Finding(what, seconds, "s", target, false);
  }

  boolean isMet() {
    return atLeast ? figure >= target : figure <= target;
  }

  static String table(List<Finding> findings) {
    MarkdownTable table = new MarkdownTable(List.of("", "measured", "target", ""));
    for (Finding finding : findings) {
      table.row(
          List.of(
              finding.what,
              number(finding.figure) + " " + finding.unit,
              (finding.atLeast ? "at least " : "at most ") + number(finding.target),
              finding.isMet() ? "met" : "**missed**"));
    }
    return table.toString();
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("what", what);
    map.put("figure", figure);
    map.put("unit", unit);
    map.put(atLeast ? "at least" : "at most", target);
    map.put("met", isMet());
    return map;
  }
}
