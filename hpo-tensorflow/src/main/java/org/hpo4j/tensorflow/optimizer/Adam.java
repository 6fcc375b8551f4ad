package org.hpo4j.tensorflow.optimizer;

import java.util.List;
import org.hpo4j.tensorflow.layers.Initializer;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1, in the
 * form before section 2.1 that folds both bias corrections into the step size).
 *
 * @param beta1 decay of the mean of the gradients, in [0, 1); default 0.9
 * @param beta2 decay of the mean of their squares, in [0, 1); default 0.999
 * @param epsilon added to the root of the latter, above 0; default 1e-7
 */
public record Adam(double beta1, double beta2, double epsilon) implements Optimizer {

  public Adam {
    Decays.require("beta1", beta1);
    Decays.require("beta2", beta2);
    Decays.requireEpsilon(epsilon);
  }

  /** Returns Adam with its default decays. */
  public static Adam ofDefaults() {
    return new Adam(0.9, 0.999, 1e-7);
  }

  @Override
  public Op minimize(
      Graph graph,
      LossGradients gradients,
      Variables model,
      Variables state,
      Operand<TFloat32> learningRate) {
    Ops tf = Ops.create(graph);
    Operand<TFloat32> power1 =
        state.state("adam/beta1_power", Shape.scalar(), Initializer.constant((float) beta1));
    Operand<TFloat32> power2 =
        state.state("adam/beta2_power", Shape.scalar(), Initializer.constant((float) beta2));
    List<Op> steps =
        gradients.updates(
            (gated, name, gradient) ->
                gated.train.applyAdam(
                    model.get(name),
                    moment(state, name, "mean", model),
                    moment(state, name, "square", model),
                    power1,
                    power2,
                    learningRate,
                    tf.constant((float) beta1),
                    tf.constant((float) beta2),
                    tf.constant((float) epsilon),
                    gradient));
    // The powers of the next step: only after every variable has read those of this one.
    Ops after = tf.withControlDependencies(steps);
    return after
        .withControlDependencies(
            after.assign(power1, after.math.mul(power1, tf.constant((float) beta1))),
            after.assign(power2, after.math.mul(power2, tf.constant((float) beta2))))
        .noOp();
  }

  private static Operand<TFloat32> moment(
      Variables state, String name, String moment, Variables model) {
    return state.state("adam/" + name + "/" + moment, model.shape(name), Initializer.constant(0));
  }
}
