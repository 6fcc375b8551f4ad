package org.hpo4j.trial;

/** Whether low or high values of an objective are better. */
public enum Direction {
  /** Low values are better. */
  MINIMIZE,
  /** High values are better. */
  MAXIMIZE;

  /** The value, or its negation where high is better: lower is better in the result. */
  public double minimized(double value) {
    return this == MINIMIZE ? value : -value;
  }

  /** Whether {@code value} is strictly better than {@code other}. */
  public boolean isBetter(double value, double other) {
    return minimized(value) < minimized(other);
  }
}
