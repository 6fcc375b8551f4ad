package org.hpo4j.examples.vessels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hpo4j.examples.vessels.engine.NetworkPlan;
import org.hpo4j.examples.vessels.report.Confusion;
import org.hpo4j.examples.vessels.report.Interval;
import org.hpo4j.examples.vessels.report.Measure;

/**
 * Baseline against the best trial, both trained afresh with the same seeds.
 *
 * @param baseline one a seed
 * @param best one a seed, in the order of the baseline's
 */
record Comparison(
    NetworkPlan baselinePlan,
    List<Retrained> baseline,
    NetworkPlan bestPlan,
    List<Retrained> best) {
  Comparison {
    baseline = List.copyOf(baseline);
    best = List.copyOf(best);
    if (baseline.isEmpty() || baseline.size() != best.size()) {
      throw new IllegalArgumentException(
          "got %d scores of the baseline and %d of the best, needs as many of both"
              .formatted(baseline.size(), best.size()));
    }
  }

  /** Returns Markdown: a table, both confusion matrices and a sentence on who won. */
  String toText() {
    StringBuilder text = new StringBuilder();
    line(text, "- Baseline: %s; %,d parameters.", baselinePlan.describe(), parameters(baseline));
    line(text, "- Best: %s; %,d parameters.", bestPlan.describe(), parameters(best));
    line(text, "");
    line(
        text,
        best.size() == 1
            ? "Each was trained once from a fresh seed, which has no interval; on the test photographs, inside the field of view."
            : "Each was trained %d times from fresh seeds; mean [95 %% interval] on the test photographs, inside the field of view.",
        best.size());
    line(text, "");
    line(
        text,
        "| %-17s | %-22s | %-22s | %-23s | article |",
        "measure",
        "baseline",
        "best",
        "best minus baseline");
    line(text, "|---|---|---|---|---|");
    for (Measure measure : Measure.values()) {
      line(
          text,
          "| %-17s | %-22s | %-22s | %-23s | %.3f   |",
          measure,
          interval(baseline, measure).toText(),
          interval(best, measure).toText(),
          difference(measure).toText(),
          measure.article());
    }
    line(text, "");
    line(text, "| pixels, all repetitions | found | missed | wrongly called | rightly left |");
    line(text, "|---|---|---|---|---|");
    matrix(text, "baseline", baseline);
    matrix(text, "best", best);
    line(text, "");
    Confusion one = best.get(0).score().confusion();
    line(
        text,
        "Calling nothing a vessel has an accuracy of %.3f, calling everything one an F1 of %.3f.",
        (double) (one.tn() + one.fp()) / pixels(one),
        2.0 * (one.tp() + one.fn()) / (pixels(one) + one.tp() + one.fn()));
    line(text, "%s", verdict());
    return text.toString();
  }

  private static long pixels(Confusion confusion) {
    return confusion.tp() + confusion.fp() + confusion.fn() + confusion.tn();
  }

  private static void matrix(StringBuilder text, String name, List<Retrained> side) {
    long[] sums = new long[4];
    for (Retrained retrained : side) {
      Confusion confusion = retrained.score().confusion();
      sums[0] += confusion.tp();
      sums[1] += confusion.fn();
      sums[2] += confusion.fp();
      sums[3] += confusion.tn();
    }
    line(text, "| %s | %,d | %,d | %,d | %,d |", name, sums[0], sums[1], sums[2], sums[3]);
  }

  private String verdict() {
    if (bestPlan.equals(baselinePlan)) {
      return "The search ended at the baseline itself.";
    }
    if (best.size() == 1) {
      return "One seed can't tell the two networks apart.";
    }
    Interval difference = difference(Measure.AVERAGE_PRECISION);
    String winner = difference.mean() > 0 ? "The best trial's network" : "The baseline";
    String sure =
        difference.excludesZero()
            ? "the paired 95 % interval of the difference excludes zero"
            : "but the paired 95 %% interval of the difference includes zero: with %d seeds they can't be told apart"
                .formatted(best.size());
    return "%s has the higher mean average precision; %s.".formatted(winner, sure);
  }

  /** Returns the same as plain values. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("baseline", side(baselinePlan, baseline));
    map.put("best", side(bestPlan, best));
    Map<String, Object> differences = new LinkedHashMap<>();
    Map<String, Object> article = new LinkedHashMap<>();
    for (Measure measure : Measure.values()) {
      differences.put(measure.toString(), plain(difference(measure)));
      article.put(measure.toString(), measure.article());
    }
    map.put("best_minus_baseline", differences);
    map.put("article", article);
    return map;
  }

  private static Map<String, Object> side(NetworkPlan plan, List<Retrained> results) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("network", plan.describe());
    side.put("parameters", parameters(results));
    for (Measure measure : Measure.values()) {
      side.put(measure.toString(), plain(interval(results, measure)));
    }
    side.put("scores", results.stream().map(result -> result.score().toAttribute()).toList());
    return side;
  }

  private static long parameters(List<Retrained> results) {
    return results.get(0).parameters();
  }

  private static Map<String, Object> plain(Interval interval) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mean", interval.mean());
    map.put("median", interval.median());
    map.put("low", interval.low());
    map.put("high", interval.high());
    return map;
  }

  private static Interval interval(List<Retrained> results, Measure measure) {
    return Interval.of(results.stream().map(result -> measure.of(result.score())).toList());
  }

  private Interval difference(Measure measure) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      differences.add(measure.of(best.get(i).score()) - measure.of(baseline.get(i).score()));
    }
    return Interval.of(differences);
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
