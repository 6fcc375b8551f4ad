package org.hpo4j.sampler.cmaes;

import java.util.Arrays;
import java.util.List;

/**
 * The trials that one update learns from, best first, with their weights.
 *
 * <p>Equal trials share their weights, so that a plateau moves nothing. Failed trials are last and
 * have no positive weight: what is left of the positive ones sums to 1 again.
 */
final class Generation {

  private final List<Candidate> candidates;
  private final double[] weights;
  private final double best;

  private Generation(List<Candidate> candidates, double[] weights, double best) {
    this.candidates = candidates;
    this.weights = weights;
    this.best = best;
  }

  /**
   * Some trials.
   *
   * @param records all ended trials
   * @param rows the rows of these, best first
   * @param candidates one a row
   * @param weights by rank; changed
   */
  static Generation of(
      Records records, List<Integer> rows, List<Candidate> candidates, double[] weights) {
    int from = 0;
    while (from < weights.length) {
      int to = from + 1;
      double sum = weights[from];
      while (to < weights.length && records.compare(rows.get(from), rows.get(to)) == 0) {
        sum += weights[to++];
      }
      Arrays.fill(weights, from, to, sum / (to - from));
      from = to;
    }
    double positive = 0;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      if (records.hasFailed(rows.get(i))) {
        weights[i] = Math.min(0, weights[i]);
      }
      positive += Math.max(0, weights[i]);
      best = Math.min(best, records.result(rows.get(i)));
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= weights[i] > 0 ? positive : 1;
    }
    return new Generation(candidates, weights, best);
  }

  /** Whether a trial has not failed. */
  boolean hasSuccess() {
    for (double weight : weights) {
      if (weight > 0) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return weights.length;
  }

  Candidate candidate(int rank) {
    return candidates.get(rank);
  }

  double weight(int rank) {
    return weights[rank];
  }

  /** The lowest value of a complete and feasible trial; infinity if there is none. */
  double best() {
    return best;
  }
}
