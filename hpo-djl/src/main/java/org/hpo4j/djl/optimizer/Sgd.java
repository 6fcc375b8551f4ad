package org.hpo4j.djl.optimizer;

import ai.djl.ndarray.NDArray;

/**
 * Stochastic gradient descent, with momentum as in Sutskever et al., "On the importance of
 * initialization and momentum in deep learning", ICML 2013: classical (equations 1 and 2) or
 * Nesterov's (equations 3 and 4), the latter rewritten for the point at which the gradient is
 * taken.
 *
 * <p>The velocity carries the rates of the steps that it sums, as in Keras: {@code v = momentum * v
 * - rate * gradient}, and the weights move by {@code v}, or by {@code momentum * v - rate *
 * gradient}.
 */
public final class Sgd extends StatefulOptimizer {
  private final double momentum;
  private final boolean nesterov;

  private Sgd(double momentum, boolean nesterov) {
    this.momentum = requireDecay("momentum", momentum);
    this.nesterov = nesterov;
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("momentum is 0, Nesterov's must be above 0");
    }
  }

  /** Returns gradient descent without momentum. */
  public static Sgd plain() {
    return new Sgd(0, false);
  }

  /**
   * Returns gradient descent with classical momentum.
   *
   * @param momentum in [0, 1); 0 is none
   */
  public static Sgd momentum(double momentum) {
    return new Sgd(momentum, false);
  }

  /**
   * Returns gradient descent with Nesterov's momentum.
   *
   * @param momentum in (0, 1)
   */
  public static Sgd nesterov(double momentum) {
    return new Sgd(momentum, true);
  }

  @Override
  protected void apply(String parameter, NDArray weight, NDArray gradient) {
    NDArray move = gradient.mul(-learningRate());
    if (momentum > 0) {
      NDArray velocity = slot("velocity", parameter, weight);
      velocity.muli((float) momentum).addi(move);
      weight.addi(nesterov ? velocity.mul((float) momentum).addi(move) : velocity);
    } else {
      weight.addi(move);
    }
  }
}
