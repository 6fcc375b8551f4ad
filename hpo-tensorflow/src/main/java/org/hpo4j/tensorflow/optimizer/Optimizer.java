package org.hpo4j.tensorflow.optimizer;

import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/** A rule that changes a model's trainable variables so that a loss falls. */
@FunctionalInterface
public interface Optimizer {

  /**
   * Adds one training step to the graph.
   *
   * <p>State of the rule itself, such as moments, goes into {@code state}, apart from the model's
   * own variables: a model's weights can then be saved without it.
   *
   * @param graph the graph of the model
   * @param gradients of the loss
   * @param model the variables of the model, of which the trainable ones change
   * @param state where the rule keeps variables of its own
   * @param learningRate a scalar, fed at every step so that schedules need no new graph
   * @return the operation that makes one step
   */
  Op minimize(
      Graph graph,
      LossGradients gradients,
      Variables model,
      Variables state,
      Operand<TFloat32> learningRate);
}
