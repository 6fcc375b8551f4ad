package org.hpo4j.djl.optimizer;

import ai.djl.ndarray.NDArray;

/**
 * RMSprop: the gradient over the root of a running mean of its square (Tieleman and Hinton,
 * "Lecture 6.5: RMSprop", Coursera 2012). {@code epsilon} is added to the root.
 */
public final class RmsProp extends StatefulOptimizer {
  private final double rho;
  private final double epsilon;

  private RmsProp(double rho, double epsilon) {
    this.rho = requireDecay("rho", rho);
    this.epsilon = requireEpsilon(epsilon);
  }

  /** Returns RMSprop with a decay of 0.9 and an epsilon of 1e-7. */
  public static RmsProp ofDefaults() {
    return of(0.9, 1e-7);
  }

  /**
   * Returns RMSprop.
   *
   * @param rho decay of the mean of the squares, in [0, 1)
   * @param epsilon added to its root, in (0, 1)
   */
  public static RmsProp of(double rho, double epsilon) {
    return new RmsProp(rho, epsilon);
  }

  @Override
  protected void apply(String parameter, NDArray weight, NDArray gradient) {
    NDArray square = slot("square", parameter, weight);
    square.muli((float) rho).addi(gradient.square().muli((float) (1 - rho)));
    weight.subi(gradient.mul(learningRate()).divi(square.sqrt().addi((float) epsilon)));
  }
}
