package org.hpo4j.fidelity;

/**
 * One round of a bracket: so many trials, each trained until it has had so much resource.
 *
 * @param size how many trials, at least 1
 * @param resource how much resource, such as epochs, a trial has had at its end, that of the rounds
 *     before included; at least 1
 */
public record Rung(int size, int resource) {

  /** Checks the numbers. */
  public Rung {
    if (size < 1 || resource < 1) {
      throw new IllegalArgumentException(
          "a rung's size and resource must be at least 1, got " + size + " and " + resource);
    }
  }
}
