package org.hpo4j.fidelity;

import java.util.ArrayList;
import java.util.List;

/**
 * The brackets of Hyperband: from one that starts many trials with little resource to one that
 * gives the full resource to a few, since nobody knows beforehand how early a trial shows its
 * worth.
 *
 * <p>Notation: R the largest and m the least resource, f the reduction factor, s = 0, 1, ..., S the
 * kinds of bracket, r = 0, ..., s the rounds.
 *
 * <pre>
 *   S      = the largest s with m f^s &lt;= R
 *   n      = 1 + the least k with m f^k &gt;= R         trials in the only rung of kind 0
 *   size   = ceil( n / (s + 1) * f^(s - r) )
 *   resource = ceil( R / f^(s - r) )
 * </pre>
 *
 * <p>One iteration runs the kinds S, S - 1, ..., 0. The bracket numbers count on over iterations.
 *
 * <p>Sources: Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband: a novel bandit-based
 * approach to hyperparameter optimization", JMLR 18 (2018), algorithm 1, for the idea; Keras
 * Tuner's {@code HyperbandOracle} for these sizes, to which the least resource is added here (it
 * has 1). The paper's own sizes differ slightly. All of it is integer arithmetic: in floating point
 * log(243) / log(3) is below 5, and a bracket would be missing.
 *
 * @param minResource the least resource of a trial, m; at least 1
 * @param maxResource the resource of a trial that reaches the end, R; from minResource to
 *     1,000,000,000
 * @param reductionFactor a rung is this many times smaller than the one before, f; at least 2
 */
public record BracketSchedule(int minResource, int maxResource, int reductionFactor) {

  /** Beyond this, sizes would not fit an integer. */
  private static final int MOST_RESOURCE = 1_000_000_000;

  /** Checks the numbers. */
  public BracketSchedule {
    if (minResource < 1) {
      throw new IllegalArgumentException("minResource must be at least 1, got " + minResource);
    }
    if (maxResource < minResource || maxResource > MOST_RESOURCE) {
      throw new IllegalArgumentException(
          "maxResource must be from minResource, "
              + minResource
              + ", to "
              + MOST_RESOURCE
              + ", got "
              + maxResource);
    }
    if (reductionFactor < 2) {
      throw new IllegalArgumentException(
          "reductionFactor must be at least 2, got " + reductionFactor);
    }
  }

  /** From a resource of 1 to this much, with a factor of 3. */
  public static BracketSchedule of(int maxResource) {
    return new BracketSchedule(1, maxResource, 3);
  }

  /** How many brackets, of as many kinds, an iteration has: S + 1. */
  public int bracketsPerIteration() {
    int count = 1;
    for (long resource = (long) minResource * reductionFactor;
        resource <= maxResource;
        resource *= reductionFactor) {
      count++;
    }
    return count;
  }

  /**
   * The bracket of a number; those of an iteration come from the one with the most rungs to the one
   * with a single rung.
   *
   * @param number at least 0; counted on over the iterations
   */
  public Bracket bracket(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a bracket's number must be at least 0, got " + number);
    }
    int kinds = bracketsPerIteration();
    return ofKind(kinds - 1 - number % kinds);
  }

  private Bracket ofKind(int kind) {
    List<Rung> rungs = new ArrayList<>();
    for (int round = 0; round <= kind; round++) {
      long share = power(kind - round);
      rungs.add(
          new Rung(
              (int) ceilDiv(fullTrials() * share, kind + 1L), (int) ceilDiv(maxResource, share)));
    }
    return new Bracket(rungs);
  }

  /** The size of the bracket with a single rung: n. */
  private long fullTrials() {
    int trials = 1;
    for (long resource = minResource; resource < maxResource; resource *= reductionFactor) {
      trials++;
    }
    return trials;
  }

  private long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= reductionFactor;
    }
    return power;
  }

  /** Not {@link Math}'s, which came with Java 18. */
  private static long ceilDiv(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
