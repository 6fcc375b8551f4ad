package org.hpo4j.tensorflow.optimizer;

import org.hpo4j.tensorflow.layers.Initializer;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * RMSprop: the gradient over the root of a running mean of its square (Tieleman and Hinton,
 * "Lecture 6.5: RMSprop", Coursera 2012).
 *
 * @param rho decay of the mean of the squares, in [0, 1); default 0.9
 * @param epsilon added to its root, in (0, 1); default 1e-7
 */
public record RmsProp(double rho, double epsilon) implements Optimizer {

  public RmsProp {
    Decays.require("rho", rho);
    Decays.requireEpsilon(epsilon);
  }

  /** Returns RMSprop with its default decay. */
  public static RmsProp ofDefaults() {
    return new RmsProp(0.9, 1e-7);
  }

  @Override
  public Op minimize(
      Graph graph,
      LossGradients gradients,
      Variables model,
      Variables state,
      Operand<TFloat32> learningRate) {
    return Ops.create(graph)
        .withControlDependencies(
            gradients.updates(
                (tf, name, gradient) -> {
                  Operand<TFloat32> square =
                      state.state(
                          "rmsprop/" + name + "/square",
                          model.shape(name),
                          Initializer.constant(0));
                  Operand<TFloat32> next = tf.assign(square, mean(tf, square, gradient));
                  Operand<TFloat32> root =
                      tf.math.add(tf.math.sqrt(next), tf.constant((float) epsilon));
                  return tf.assignSub(
                      model.get(name), tf.math.div(tf.math.mul(learningRate, gradient), root));
                }))
        .noOp();
  }

  private Operand<TFloat32> mean(Ops tf, Operand<TFloat32> square, Operand<TFloat32> gradient) {
    return tf.math.add(
        tf.math.mul(tf.constant((float) rho), square),
        tf.math.mul(tf.constant((float) (1 - rho)), tf.math.mul(gradient, gradient)));
  }
}
