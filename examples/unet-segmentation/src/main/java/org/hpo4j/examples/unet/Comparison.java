package org.hpo4j.examples.unet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.hpo4j.examples.unet.model.UNet;
import org.hpo4j.examples.unet.report.ConfusionTable;
import org.hpo4j.examples.unet.report.Interval;
import org.hpo4j.examples.unet.report.Score;

/**
 * Baseline against the best trial, both trained afresh with the same seeds.
 *
 * @param baseline one score a seed
 * @param best one score a seed, in the order of the baseline's
 * @param everywhereIou building IoU of calling everything a building
 */
record Comparison(
    UNet baselineNetwork,
    List<Score> baseline,
    UNet bestNetwork,
    List<Score> best,
    double everywhereIou) {
  private static final Map<String, ToDoubleFunction<Score>> MEASURES = measures();

  Comparison {
    baseline = List.copyOf(baseline);
    best = List.copyOf(best);
    if (baseline.isEmpty() || baseline.size() != best.size()) {
      throw new IllegalArgumentException(
          "got %d scores of the baseline and %d of the best, needs as many of both"
              .formatted(baseline.size(), best.size()));
    }
  }

  private static Map<String, ToDoubleFunction<Score>> measures() {
    Map<String, ToDoubleFunction<Score>> measures = new LinkedHashMap<>();
    measures.put("test loss", Score::loss);
    measures.put("F1 background", score -> score.f1().get(0));
    measures.put("F1 building", score -> score.f1().get(1));
    measures.put("F1 border", score -> score.f1().get(2));
    measures.put("building IoU", Score::buildingIou);
    return measures;
  }

  /** Returns a Markdown table with a sentence on who won. */
  String toText() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "Baseline: %d channels, %,d parameters. Best: %d channels, %,d parameters.",
        baselineNetwork.headChannels(),
        baselineNetwork.parameterCount(),
        bestNetwork.headChannels(),
        bestNetwork.parameterCount());
    line(
        text,
        "Each trained %d times from fresh seeds; mean [95 %% interval] and median on the test tiles.",
        best.size());
    line(text, "");
    line(
        text,
        "| %-13s | %-22s | median | %-22s | median | %-25s |",
        "measure",
        "baseline",
        "best",
        "best minus baseline");
    line(text, "|---|---|---|---|---|---|");
    MEASURES.forEach(
        (name, measure) -> {
          Interval first = interval(baseline, measure);
          Interval second = interval(best, measure);
          line(
              text,
              "| %-13s | %-22s | %.3f  | %-22s | %.3f  | %-25s |",
              name,
              first.toText(),
              first.median(),
              second.toText(),
              second.median(),
              difference(measure).toText());
        });
    line(text, "");
    line(
        text,
        "Building IoU of calling every pixel a building: %.3f; the best's median is %+.3f from it.",
        everywhereIou,
        interval(best, Score::buildingIou).median() - everywhereIou);
    line(text, "%s", verdict());
    line(text, "");
    text.append(ConfusionTable.of("baseline, all seeds", baseline)).append('\n');
    text.append(ConfusionTable.of("best, all seeds", best));
    return text.toString();
  }

  private String verdict() {
    if (bestNetwork.equals(baselineNetwork)) {
      return "The search ended at the baseline itself: with one filter a class the two networks are the"
          + " same.";
    }
    Interval difference = difference(Score::loss);
    String winner = difference.mean() < 0 ? "The best trial's network" : "The baseline";
    String sure =
        difference.excludesZero()
            ? "the paired 95 % interval of the difference excludes zero"
            : "but the paired 95 %% interval of the difference includes zero: with %d seeds they can't be told apart"
                .formatted(best.size());
    return "%s has the lower mean test loss; %s.".formatted(winner, sure);
  }

  /** Returns the same as plain values. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("everywhere_building_iou", everywhereIou);
    map.put("baseline", side(baselineNetwork, baseline));
    map.put("best", side(bestNetwork, best));
    Map<String, Object> differences = new LinkedHashMap<>();
    MEASURES.forEach((name, measure) -> differences.put(name, plain(difference(measure))));
    map.put("best_minus_baseline", differences);
    return map;
  }

  private static Map<String, Object> side(UNet network, List<Score> scores) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("channels", network.headChannels());
    side.put("parameters", network.parameterCount());
    MEASURES.forEach((name, measure) -> side.put(name, plain(interval(scores, measure))));
    side.put("scores", scores.stream().map(Score::toAttribute).toList());
    return side;
  }

  private static Map<String, Object> plain(Interval interval) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mean", interval.mean());
    map.put("median", interval.median());
    map.put("low", interval.low());
    map.put("high", interval.high());
    return map;
  }

  private static Interval interval(List<Score> scores, ToDoubleFunction<Score> measure) {
    return Interval.of(scores.stream().map(measure::applyAsDouble).toList());
  }

  private Interval difference(ToDoubleFunction<Score> measure) {
    List<Double> differences = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      differences.add(measure.applyAsDouble(best.get(i)) - measure.applyAsDouble(baseline.get(i)));
    }
    return Interval.of(differences);
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
