package org.hpo4j.benchmarks.convergence;

import static org.hpo4j.benchmarks.MarkdownTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Quantile;
import org.hpo4j.benchmarks.MarkdownTable;

/** Regrets as Markdown: medians, quartiles, tests. */
final class ConvergenceReport {

  private final RegretTable table;

  ConvergenceReport(RegretTable table) {
    this.table = table;
  }

  /** Medians after each checkpoint and quartiles after the last. */
  String medians() {
    String checkpoints =
        table.checkpoints().stream().map(String::valueOf).collect(Collectors.joining(" / "));
    return "## Median regret after "
        + checkpoints
        + " trials\n\n"
        + perProblem(
            (problem, sampler) ->
                table.checkpoints().stream()
                    .map(trials -> quantile(problem, sampler, trials, 0.5))
                    .collect(Collectors.joining(" / ")))
        + "\n## Quartiles of the regret after "
        + table.checkpoints().last()
        + " trials\n\n"
        + perProblem(
            (problem, sampler) ->
                quantile(problem, sampler, table.checkpoints().last(), 0.25)
                    + " to "
                    + quantile(problem, sampler, table.checkpoints().last(), 0.75));
  }

  /** The tests of whether a sampler beats another, after the last checkpoint. */
  String comparison(String sampler, String baseline) {
    int trials = table.checkpoints().last();
    List<Comparison> comparisons = Comparison.of(table, sampler, baseline, trials);
    MarkdownTable markdown =
        new MarkdownTable(
            List.of("problem", "P(lower)", "p", "p after Holm", "significant at 0.05"));
    for (Comparison c : comparisons) {
      markdown.row(
          List.of(
              c.problem(),
              number(c.probabilityLower()),
              number(c.pValue()),
              number(c.adjustedPValue()),
              c.isSignificant() ? "yes" : "no"));
    }
    long significant = comparisons.stream().filter(Comparison::isSignificant).count();
    return "## Is "
        + sampler
        + " better than "
        + baseline
        + " after "
        + trials
        + " trials?\n\nOn "
        + significant
        + " of "
        + comparisons.size()
        + " problems.\n\n"
        + markdown;
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
      Function<String, String> text = sampler -> cell.of(problem, sampler);
      List<String> row = new ArrayList<>(List.of(problem));
      row.addAll(table.samplers().stream().map(text).toList());
      markdown.row(row);
    }
    return markdown;
  }

  private String quantile(String problem, String sampler, int trials, double probability) {
    double[] regrets = table.regrets(problem, sampler, trials);
    return regrets.length == 0
        ? "-"
        : number(Quantile.withDefaults().evaluate(regrets, probability));
  }
}
