package org.hpo4j.fidelity;

import java.util.List;

/**
 * One run of successive halving: a first rung of many trials with little resource each, and further
 * rungs in which ever fewer of them, the best, go on with ever more.
 *
 * @param rungs the rungs by round, at least one; no later one is larger than an earlier one, and
 *     each has more resource than the one before
 */
public record Bracket(List<Rung> rungs) {

  /** Checks the order of the rungs. */
  public Bracket {
    rungs = List.copyOf(rungs);
    if (rungs.isEmpty()) {
      throw new IllegalArgumentException("a bracket needs at least one rung");
    }
    for (int round = 1; round < rungs.size(); round++) {
      if (rungs.get(round).size() > rungs.get(round - 1).size()
          || rungs.get(round).resource() <= rungs.get(round - 1).resource()) {
        throw new IllegalArgumentException(
            "rungs must not grow in size and must grow in resource, got " + rungs);
      }
    }
  }

  /** How many rungs there are. */
  public int roundCount() {
    return rungs.size();
  }

  /** The rung of a round, counted from 0. */
  public Rung rung(int round) {
    return rungs.get(round);
  }

  /** The resource that a trial has had when a round begins: 0 in the first. */
  public int initialResource(int round) {
    return round == 0 ? 0 : rungs.get(round - 1).resource();
  }

  /** How many trials the bracket has if all its rungs are filled. */
  public long trialCount() {
    return rungs.stream().mapToLong(Rung::size).sum();
  }

  /** The resource of all its trials together, where each continues what its parent has had. */
  public long totalResource() {
    long total = 0;
    for (int round = 0; round < rungs.size(); round++) {
      Rung rung = rungs.get(round);
      total += (long) rung.size() * (rung.resource() - initialResource(round));
    }
    return total;
  }
}
