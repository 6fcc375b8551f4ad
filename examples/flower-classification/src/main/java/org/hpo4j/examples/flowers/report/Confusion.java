package org.hpo4j.examples.flowers.report;

import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.BetaDistribution;

/** How often each class was taken for each. */
public final class Confusion {
  private final List<String> classes;
  private final int[][] counts;

  /**
   * Counts.
   *
   * @param classes their names
   * @param truth label of each picture
   * @param predicted as many
   */
  public Confusion(List<String> classes, List<Integer> truth, List<Integer> predicted) {
    if (truth.size() != predicted.size() || truth.isEmpty()) {
      throw new IllegalArgumentException(
          "got %d labels and %d predictions, needs as many of both, at least one"
              .formatted(truth.size(), predicted.size()));
    }
    this.classes = List.copyOf(classes);
    counts = new int[classes.size()][classes.size()];
    for (int i = 0; i < truth.size(); i++) {
      counts[truth.get(i)][predicted.get(i)]++;
    }
  }

  /** Returns the number of pictures. */
  public int total() {
    int sum = 0;
    for (int[] row : counts) {
      for (int count : row) {
        sum += count;
      }
    }
    return sum;
  }

  /** Returns how many were right. */
  public int correct() {
    int sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i][i];
    }
    return sum;
  }

  /** Returns the share that was right. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /**
   * Returns the ends of the accuracy's 95 % interval by Clopper and Pearson (Biometrika 26, 1934).
   */
  public List<Double> interval() {
    int n = total();
    int k = correct();
    double low =
        k == 0 ? 0 : BetaDistribution.of(k, n - k + 1.0).inverseCumulativeProbability(0.025);
    double high =
        k == n ? 1 : BetaDistribution.of(k + 1.0, n - k).inverseCumulativeProbability(0.975);
    return List.of(low, high);
  }

  /** Returns accuracy and interval in percent. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%.1f %% [%.1f, %.1f] (%d of %d)",
        100 * accuracy(),
        100 * interval().get(0),
        100 * interval().get(1),
        correct(),
        total());
  }

  /** Returns the counts in Markdown, a row for each true class. */
  public String toText() {
    StringBuilder text = new StringBuilder("| truth, as |");
    classes.forEach(name -> text.append(' ').append(name).append(" |"));
    text.append("\n|---|").append("---|".repeat(classes.size())).append('\n');
    for (int i = 0; i < counts.length; i++) {
      text.append("| ").append(classes.get(i)).append(" |");
      for (int count : counts[i]) {
        text.append(' ').append(count).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }
}
