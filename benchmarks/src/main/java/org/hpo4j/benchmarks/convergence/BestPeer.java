package org.hpo4j.benchmarks.convergence;

import static org.hpo4j.benchmarks.MarkdownTable.number;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The peer with the lowest median regret on a problem.
 *
 * @param problem the problem's name
 * @param sampler the peer's name
 * @param trials after how many trials
 * @param median its median
 */
record BestPeer(String problem, String sampler, int trials, double median) {

  /** The best of these; none if no one ran on the problem. */
  static Optional<BestPeer> of(RegretTable table, String problem, List<String> peers, int trials) {
    return peers.stream()
        .filter(peer -> !table.runs(problem, peer).isEmpty())
        .map(peer -> new BestPeer(problem, peer, trials, table.median(problem, peer, trials)))
        .min(Comparator.comparingDouble(BestPeer::median));
  }

  /** A row of a table: problem, peer, its median, the other sampler's, the ratio of both. */
  List<String> row(RegretTable table, String other) {
    double floor = table.resolution(problem);
    double own = table.median(problem, other, trials);
    double ratio = Math.max(floor, own) / Math.max(floor, median);
    return List.of(
        problem,
        sampler,
        number(median),
        Double.isNaN(own) ? "-" : number(own),
        Double.isNaN(ratio) ? "-" : number(ratio) + (ratio > 2 ? " **beyond 2**" : ""));
  }
}
