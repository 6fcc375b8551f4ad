package org.hpo4j.tensorflow.optimizer;

import org.hpo4j.tensorflow.layers.Initializer;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Stochastic gradient descent, with momentum as in Sutskever et al., "On the importance of
 * initialization and momentum in deep learning", ICML 2013: classical (equations 1 and 2) or
 * Nesterov's (equations 3 and 4), the latter rewritten for the point at which the gradient is
 * taken.
 *
 * <p>The velocity carries the rates of the steps that it sums, as in Keras: {@code v = momentum * v
 * - rate * gradient}, and the weights move by {@code v}, or by {@code momentum * v - rate *
 * gradient}.
 *
 * @param momentum in [0, 1); 0 is none
 * @param nesterov whether the momentum, which then is above 0, is Nesterov's
 */
public record Sgd(double momentum, boolean nesterov) implements Optimizer {

  public Sgd {
    Decays.require("momentum", momentum);
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
  public Op minimize(
      Graph graph,
      LossGradients gradients,
      Variables model,
      Variables state,
      Operand<TFloat32> learningRate) {
    return Ops.create(graph)
        .withControlDependencies(
            gradients.updates(
                (tf, name, gradient) ->
                    tf.assignSub(
                        model.get(name),
                        step(tf, name, tf.math.mul(learningRate, gradient), model, state))))
        .noOp();
  }

  /** The velocity is kept with the opposite sign, as what the weights fall by. */
  private Operand<TFloat32> step(
      Ops tf, String name, Operand<TFloat32> fall, Variables model, Variables state) {
    if (momentum == 0) {
      return fall;
    }
    Operand<TFloat32> velocity =
        state.state("sgd/" + name + "/velocity", model.shape(name), Initializer.constant(0));
    Operand<TFloat32> decay = tf.constant((float) momentum);
    Operand<TFloat32> next = tf.assign(velocity, tf.math.add(tf.math.mul(decay, velocity), fall));
    return nesterov ? tf.math.add(tf.math.mul(decay, next), fall) : next;
  }
}
