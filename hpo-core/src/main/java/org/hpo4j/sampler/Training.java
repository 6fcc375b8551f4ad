package org.hpo4j.sampler;

/**
 * How far a scheduler will train a new trial. A resource is whatever the objective spends, such as
 * epochs.
 *
 * @param first the resource of its first rung; at least 1
 * @param full the resource that it has had if it is promoted to the end; at least {@code first}
 */
public record Training(int first, int full) {

  /** Checks the numbers. */
  public Training {
    if (first < 1 || full < first) {
      throw new IllegalArgumentException("needs 1 <= first <= full, got " + first + " and " + full);
    }
  }
}
