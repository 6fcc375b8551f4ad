package org.hpo4j.examples.vessels.engine;

/**
 * Dilation rates of a level's two 3x3 convolutions.
 *
 * @param first at least 1
 * @param second at least 1
 */
public record Rates(int first, int second) {

  /** Two convolutions that leave no pixel out. */
  public static final Rates DENSE = new Rates(1, 1);

  @Override
  public String toString() {
    return first + "-" + second;
  }
}
