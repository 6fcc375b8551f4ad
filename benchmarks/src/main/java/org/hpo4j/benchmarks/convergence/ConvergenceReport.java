package org.hpo4j.benchmarks.convergence;

import static org.hpo4j.benchmarks.MarkdownTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hpo4j.benchmarks.MarkdownTable;

/** What the runs on a set of problems say, as Markdown: ranks, medians, quartiles, tests. */
final class ConvergenceReport {

  private final RegretTable table;
  private final SortedSet<Integer> checkpoints;
  private final String unit;

  /**
   * A report.
   *
   * @param unit of the checkpoints, such as "trials"
   */
  ConvergenceReport(RegretTable table, SortedSet<Integer> checkpoints, String unit) {
    this.unit = unit;
    this.table = table;
    this.checkpoints = checkpoints;
  }

  /**
   * The whole report.
   *
   * @param pairs those of which both samplers ran are tested
   * @param recommended the sampler that is set beside the best peer on each problem
   */
  String text(List<Pair> pairs, String recommended) {
    List<Pair> present =
        pairs.stream()
            .filter(pair -> table.samplers().contains(pair.sampler()))
            .filter(pair -> table.samplers().contains(pair.other()))
            .toList();
    StringBuilder text = new StringBuilder();
    text.append("### Mean ranks of the median regrets\n\n").append(ranks());
    if (!present.isEmpty()) {
      text.append("\n### Tests, in short\n\n").append(tests(present));
    }
    text.append(beside(recommended)).append(medians());
    present.forEach(pair -> text.append('\n').append(test(pair)));
    return text.toString();
  }

  private MarkdownTable ranks() {
    List<String> heads = new ArrayList<>(List.of("sampler", "runs"));
    List<Map<String, Double>> ranks = new ArrayList<>();
    for (int trials : checkpoints) {
      heads.add("after " + trials);
      ranks.add(MeanRanks.of(table, table.samplers(), trials));
    }
    MarkdownTable markdown = new MarkdownTable(heads);
    for (String sampler : table.samplers()) {
      List<String> row = new ArrayList<>(List.of(sampler, Integer.toString(runs(sampler))));
      ranks.forEach(rank -> row.add(rank.containsKey(sampler) ? number(rank.get(sampler)) : "-"));
      markdown.row(row);
    }
    return markdown;
  }

  /** The runs on each problem; the lowest number if they differ. */
  private int runs(String sampler) {
    return table.problems().stream().mapToInt(p -> table.runs(p, sampler).size()).min().orElse(0);
  }

  private MarkdownTable tests(List<Pair> pairs) {
    MarkdownTable markdown =
        new MarkdownTable(
            List.of("samplers", unit, "problems", "better", "worse", "mean ratio of medians"));
    for (Pair pair : pairs) {
      for (int trials : checkpoints) {
        List<Comparison> all = Comparison.of(table, pair.sampler(), pair.other(), trials);
        markdown.row(
            List.of(
                pair.toString(),
                Integer.toString(trials),
                Integer.toString(all.size()),
                names(all.stream().filter(Comparison::isBetter).toList()),
                names(all.stream().filter(Comparison::isWorse).toList()),
                number(Comparison.geometricMean(all))));
      }
    }
    return markdown;
  }

  private static String names(List<Comparison> comparisons) {
    String names = comparisons.stream().map(Comparison::problem).collect(Collectors.joining(" "));
    return comparisons.isEmpty() ? "0" : comparisons.size() + ": " + names;
  }

  private String beside(String sampler) {
    List<String> peers = table.samplers().stream().filter(s -> !s.startsWith("hpo4j")).toList();
    if (peers.isEmpty() || !table.samplers().contains(sampler)) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int trials : checkpoints) {
      text.append("\n### ").append(sampler).append(" beside the best peer after ");
      text.append(trials).append(' ').append(unit).append("\n\n");
      MarkdownTable markdown =
          new MarkdownTable(List.of("problem", "best peer", "its median", sampler, "ratio"));
      for (String problem : table.problems()) {
        BestPeer.of(table, problem, peers, trials)
            .ifPresent(best -> markdown.row(best.row(table, sampler)));
      }
      text.append(markdown);
    }
    return text.toString();
  }

  private String medians() {
    String counts = checkpoints.stream().map(String::valueOf).collect(Collectors.joining(" / "));
    StringBuilder text = new StringBuilder();
    text.append("\n### Median regret after ")
        .append(counts)
        .append(' ')
        .append(unit)
        .append("\n\n");
    text.append(
        perProblem(
            (problem, sampler) ->
                checkpoints.stream()
                    .map(trials -> number(table.median(problem, sampler, trials)))
                    .collect(Collectors.joining(" / "))));
    for (int trials : checkpoints) {
      text.append("\n### Quartiles of the regret after ")
          .append(trials)
          .append(' ')
          .append(unit)
          .append("\n\n");
      text.append(
          perProblem(
              (problem, sampler) ->
                  number(table.quantile(problem, sampler, trials, 0.25))
                      + " to "
                      + number(table.quantile(problem, sampler, trials, 0.75))));
    }
    return text.toString();
  }

  /** The tests of a pair after the last checkpoint, problem by problem. */
  private String test(Pair pair) {
    int trials = checkpoints.last();
    MarkdownTable markdown =
        new MarkdownTable(
            List.of("problem", "P(lower)", "p, better", "p, worse", "ratio of medians"));
    for (Comparison c : Comparison.of(table, pair.sampler(), pair.other(), trials)) {
      markdown.row(
          List.of(
              c.problem(),
              number(c.probabilityLower()),
              number(c.better()) + (c.isBetter() ? " **better**" : ""),
              number(c.worse()) + (c.isWorse() ? " **worse**" : ""),
              number(c.ratio())));
    }
    return "### " + pair + " after " + trials + " " + unit + "\n\n" + markdown;
  }

  @FunctionalInterface
  private interface Cell {
    String of(String problem, String sampler);
  }

  private MarkdownTable perProblem(Cell cell) {
    List<String> heads = new ArrayList<>(List.of("problem"));
    heads.addAll(table.samplers());
    MarkdownTable markdown = new MarkdownTable(heads);
    for (String problem : table.problems()) {
      Function<String, String> text =
          sampler -> table.runs(problem, sampler).isEmpty() ? "-" : cell.of(problem, sampler);
      List<String> row = new ArrayList<>(List.of(problem));
      row.addAll(table.samplers().stream().map(text).toList());
      markdown.row(row);
    }
    return markdown;
  }
}
