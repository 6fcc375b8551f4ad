package org.hpo4j.djl.optimizer;

import ai.djl.ndarray.NDArray;

/**
 * Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1, in the
 * form before section 2.1 that folds both bias corrections into the step size).
 */
public final class Adam extends StatefulOptimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;

  private Adam(double beta1, double beta2, double epsilon) {
    this.beta1 = requireDecay("beta1", beta1);
    this.beta2 = requireDecay("beta2", beta2);
    this.epsilon = requireEpsilon(epsilon);
  }

  /** Returns Adam with decays 0.9 and 0.999 and an epsilon of 1e-7. */
  public static Adam ofDefaults() {
    return of(0.9, 0.999, 1e-7);
  }

  /**
   * Returns Adam.
   *
   * @param beta1 decay of the mean of the gradients, in [0, 1)
   * @param beta2 decay of the mean of their squares, in [0, 1)
   * @param epsilon added to the root of the latter, in (0, 1)
   */
  public static Adam of(double beta1, double beta2, double epsilon) {
    return new Adam(beta1, beta2, epsilon);
  }

  @Override
  protected void apply(String parameter, NDArray weight, NDArray gradient) {
    NDArray mean = slot("mean", parameter, weight);
    NDArray square = slot("square", parameter, weight);
    mean.muli((float) beta1).addi(gradient.mul((float) (1 - beta1)));
    square.muli((float) beta2).addi(gradient.square().muli((float) (1 - beta2)));
    double size =
        learningRate() * Math.sqrt(1 - Math.pow(beta2, step())) / (1 - Math.pow(beta1, step()));
    weight.subi(mean.div(square.sqrt().addi((float) epsilon)).muli((float) size));
  }
}
