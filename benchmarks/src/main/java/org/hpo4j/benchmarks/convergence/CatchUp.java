package org.hpo4j.benchmarks.convergence;

import static org.hpo4j.benchmarks.MarkdownTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hpo4j.benchmarks.MarkdownTable;

/** After how many epochs a sampler's median is what the best peer's is at the end. */
final class CatchUp {

  private CatchUp() {}

  /** The first length at which the median is at most the target; empty if it never is. */
  static OptionalInt length(
      RegretTable table, String problem, String sampler, double target, int longest) {
    // Medians never rise here: every run's regret is that of its best so far.
    int low = 1;
    int high = longest;
    if (!(table.median(problem, sampler, longest) <= target)) {
      return OptionalInt.empty();
    }
    while (low < high) {
      int middle = (low + high) / 2;
      if (table.median(problem, sampler, middle) <= target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return OptionalInt.of(low);
  }

  /** A table of all samplers of this library; empty without peers. */
  static String report(RegretTable table, int longest) {
    List<String> peers = table.samplers().stream().filter(s -> !s.startsWith("hpo4j")).toList();
    List<String> own = table.samplers().stream().filter(s -> s.startsWith("hpo4j")).toList();
    if (peers.isEmpty()) {
      return "";
    }
    List<String> heads = new ArrayList<>(List.of("problem", "best peer", "its final median"));
    heads.addAll(own);
    MarkdownTable markdown = new MarkdownTable(heads);
    for (String problem : table.problems()) {
      Optional<BestPeer> best = BestPeer.of(table, problem, peers, longest);
      if (best.isPresent()) {
        List<String> row =
            new ArrayList<>(List.of(problem, best.get().sampler(), number(best.get().median())));
        for (String sampler : own) {
          OptionalInt length = length(table, problem, sampler, best.get().median(), longest);
          row.add(
              length.isPresent()
                  ? length.getAsInt() + " (" + number(length.getAsInt() / (double) longest) + ")"
                  : "never");
        }
        markdown.row(row);
      }
    }
    return "\n### Epochs until the best peer's final median, and their share of the budget\n\n"
        + markdown;
  }
}
