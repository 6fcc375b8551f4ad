package org.hpo4j.math;

/** A function of several variables that knows its gradient. */
@FunctionalInterface
public interface DifferentiableFunction {

  /**
   * The value at a point.
   *
   * @param x the point; must not be changed
   * @param gradient receives the partial derivatives, if the value is finite
   * @return the value; NaN or positive infinity where the function is not defined
   */
  double evaluate(double[] x, double[] gradient);
}
