package org.hpo4j.examples.unet.report;

import java.util.List;
import java.util.Locale;
import org.hpo4j.examples.unet.data.Label;

/** A confusion matrix in Markdown: what part of each class's pixels was called what. */
public final class ConfusionTable {
  private static final List<String> CLASSES = List.of("background", "building", "border");

  private ConfusionTable() {}

  /**
   * Returns the matrix of all scores together.
   *
   * @param title stands above the true classes
   * @param scores at least one
   */
  public static String of(String title, List<Score> scores) {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(title).append(" | pixels");
    CLASSES.forEach(name -> text.append(" | called ").append(name));
    text.append(" | F1 |\n|---|---|---|---|---|---|\n");
    long[][] counts = sum(scores);
    for (int label = 0; label < Label.COUNT; label++) {
      long all = 0;
      for (long count : counts[label]) {
        all += count;
      }
      text.append(String.format(Locale.ROOT, "| %s | %,d", CLASSES.get(label), all));
      for (long count : counts[label]) {
        text.append(String.format(Locale.ROOT, " | %.1f %%", all == 0 ? 0 : 100.0 * count / all));
      }
      text.append(String.format(Locale.ROOT, " | %.3f |%n", f1(counts, label)));
    }
    return text.toString();
  }

  private static long[][] sum(List<Score> scores) {
    long[][] counts = new long[Label.COUNT][Label.COUNT];
    for (Score score : scores) {
      for (int truth = 0; truth < Label.COUNT; truth++) {
        for (int called = 0; called < Label.COUNT; called++) {
          counts[truth][called] += score.confusion().get(truth).get(called);
        }
      }
    }
    return counts;
  }

  private static double f1(long[][] counts, int label) {
    long sum = 0;
    for (int other = 0; other < Label.COUNT; other++) {
      sum += counts[label][other] + counts[other][label];
    }
    return sum == 0 ? 0 : 2.0 * counts[label][label] / sum;
  }
}
