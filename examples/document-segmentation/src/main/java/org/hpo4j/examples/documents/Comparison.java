package org.hpo4j.examples.documents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hpo4j.examples.documents.report.Ranking;
import org.hpo4j.trial.FrozenTrial;
import org.hpo4j.trial.TrialState;
import org.jspecify.annotations.Nullable;

/** The three tuners beside each other, in words and numbers. */
final class Comparison {
  private final List<TunerRun.Result> results;
  private final Profile profile;
  private final List<String> classes;

  /**
   * A comparison.
   *
   * @param results of each tuner as many
   */
  Comparison(List<TunerRun.Result> results, Profile profile, List<String> classes) {
    this.results = List.copyOf(results);
    this.profile = profile;
    this.classes = classes;
  }

  /** Returns the result with the largest validation F1. */
  TunerRun.Result best() {
    return results.stream()
        .max(Comparator.comparingDouble(result -> result.best().value()))
        .orElseThrow();
  }

  List<TunerRun.Result> of(Tuner tuner) {
    return results.stream().filter(result -> result.tuner() == tuner).toList();
  }

  private interface Score {
    double of(TunerRun.Result result);
  }

  private Ranking ranking(Score score) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < of(Tuner.HYPERBAND).size(); i++) {
      double[] row = new double[Tuner.values().length];
      for (Tuner tuner : Tuner.values()) {
        row[tuner.position()] = score.of(of(tuner).get(i));
      }
      rows.add(row);
    }
    return new Ranking(rows);
  }

  /** Returns the comparison as Markdown. */
  String toText() {
    List<String> lines = new ArrayList<>();
    int repetitions = of(Tuner.HYPERBAND).size();
    lines.add(
        "| tuner | trials | epochs | best val_f1 | mean rank | test F1 of the best | seconds |");
    lines.add("|---|---|---|---|---|---|---|");
    Ranking validation = ranking(result -> result.best().value());
    Ranking test = ranking(TunerRun.Result::testF1);
    for (Tuner tuner : Tuner.values()) {
      List<TunerRun.Result> own = of(tuner);
      lines.add(
          format(
              "| %s | %d | %d | %s | %.2f | %s | %.0f |",
              tuner.title(),
              tuner.trials(profile),
              tuner.epochs(profile),
              interval(own.stream().map(result -> result.best().value()).toList()),
              validation.meanRank(tuner.position()),
              interval(own.stream().map(TunerRun.Result::testF1).toList()),
              own.stream().mapToDouble(TunerRun.Result::seconds).average().orElseThrow()));
    }
    lines.add("");
    lines.add(
        repetitions == 1
            ? "One repetition, which ranks nothing."
            : format(
                "Means of %d repetitions, with 95 %% intervals; trials, epochs and seconds are those of one.",
                repetitions));
    lines.add("");
    lines.add(ahead("best val_f1", validation));
    lines.add(ahead("test F1", test));
    lines.add("");
    lines.add(spread());
    lines.add("");
    lines.addAll(bestTrial());
    return String.join("\n", lines) + "\n";
  }

  private static String ahead(String what, Ranking ranking) {
    double probability = ranking.friedmanProbability();
    return format(
        "- %s: Hyperband is ahead of random search by %s and of Bayesian optimization by %s; ranks at"
            + " least as far apart have a probability of %.3f if the three are alike (Friedman, exact), so %s.",
        what,
        signed(ranking.lead(Tuner.HYPERBAND.position(), Tuner.RANDOM.position())),
        signed(ranking.lead(Tuner.HYPERBAND.position(), Tuner.BAYESIAN.position())),
        probability,
        probability < 0.05 ? "their order is no accident" : "this ranks none above another");
  }

  private String spread() {
    List<Double> values =
        results.stream()
            .flatMap(result -> result.trials().stream())
            .filter(trial -> trial.state() == TrialState.COMPLETE)
            .filter(
                trial -> trial.fidelity().map(f -> f.resource() == profile.epochs()).orElse(true))
            .map(FrozenTrial::value)
            .sorted()
            .toList();
    return values.isEmpty()
        ? "No trial was trained to the end."
        : format(
            "Of %d trials that were trained for all %d epochs the best has a val_f1 of %.3f, the worst of %.3f.",
            values.size(), profile.epochs(), values.get(values.size() - 1), values.get(0));
  }

  private List<String> bestTrial() {
    TunerRun.Result best = best();
    List<String> lines = new ArrayList<>();
    UNetDesign design = best.design();
    lines.add(
        format(
            "The best of all is trial %d of %s, repetition %d: %d start neurons, depth %d, %s, dropout %s, batch normalization %s the activation; val_f1 %.3f. On the test scans:",
            best.best().number(),
            best.tuner().title(),
            best.repetition(),
            design.startNeurons(),
            design.netDepth(),
            design.activation().label().replace('_', ' '),
            design.dropout() ? "on" : "off",
            design.batchNormBefore() ? "before" : "after",
            best.best().value()));
    lines.add("");
    lines.add("| F1 | precision | recall | IoU |");
    lines.add("|---|---|---|---|");
    lines.add(
        format(
            "| %.3f | %.3f | %.3f | %.3f |",
            number(best.test().get("f1")),
            number(best.test().get("precision")),
            number(best.test().get("recall")),
            number(best.test().get("iou"))));
    lines.add("");
    lines.add("| class | test F1 |");
    lines.add("|---|---|");
    if (best.test().get("f1_by_class") instanceof List<?> byClass) {
      for (int c = 0; c < byClass.size(); c++) {
        lines.add(format("| %s | %.3f |", classes.get(c), number(byClass.get(c))));
      }
    }
    return lines;
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static String interval(List<Double> values) {
    return interval("%.3f", Ranking.meanAndHalfWidth(values));
  }

  private static String signed(double[] lead) {
    return interval("%+.3f", lead);
  }

  /** One repetition has no interval. */
  private static String interval(String number, double... meanAndHalfWidth) {
    double mean = meanAndHalfWidth[0];
    double half = meanAndHalfWidth[1];
    return Double.isNaN(half)
        ? format(number, mean)
        : format("%s [%s, %s]".replace("%s", number), mean, mean - half, mean + half);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  /** Returns the comparison as plain values. */
  Map<String, Object> toMap() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Tuner tuner : Tuner.values()) {
      Map<String, Object> own = new LinkedHashMap<>();
      own.put("trials", tuner.trials(profile));
      own.put("epochs", tuner.epochs(profile));
      own.put("best_val_f1", of(tuner).stream().map(result -> result.best().value()).toList());
      own.put("test_f1", of(tuner).stream().map(TunerRun.Result::testF1).toList());
      own.put("seconds", of(tuner).stream().map(TunerRun.Result::seconds).toList());
      all.put(tuner.key(), own);
    }
    all.put("friedman_val_f1", ranking(result -> result.best().value()).friedmanProbability());
    all.put("friedman_test_f1", ranking(TunerRun.Result::testF1).friedmanProbability());
    all.put("best", best().best().configuration().toString());
    return all;
  }
}
