package org.hpo4j.tensorflow.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hpo4j.tensorflow.layers.Initializer;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
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
    requireDecay("beta1", beta1);
    requireDecay("beta2", beta2);
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new IllegalArgumentException("epsilon is " + epsilon + ", must be in (0, 1)");
    }
  }

  /** Returns Adam with its default decays. */
  public static Adam ofDefaults() {
    return new Adam(0.9, 0.999, 1e-7);
  }

  @Override
  public Op minimize(
      Graph graph,
      Operand<TFloat32> loss,
      Variables model,
      Variables state,
      Operand<TFloat32> learningRate) {
    Ops tf = Ops.create(graph);
    List<String> names = model.trainableNames();
    Output<?>[] gradients =
        graph.addGradients(
            loss.asOutput(),
            names.stream().map(name -> model.get(name).asOutput()).toArray(Output<?>[]::new));

    Operand<TFloat32> power1 =
        state.state("adam/beta1_power", Shape.scalar(), Initializer.constant((float) beta1));
    Operand<TFloat32> power2 =
        state.state("adam/beta2_power", Shape.scalar(), Initializer.constant((float) beta2));
    // A variable changes in place, and the gradients of earlier layers still read it: wait for all
    // of them.
    Ops gated =
        tf.withControlDependencyOps(
            Arrays.stream(gradients).map(Output::op).toArray(Operation[]::new));
    List<Op> steps = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Shape shape = model.shape(name);
      steps.add(
          gated.train.applyAdam(
              model.get(name),
              state.state("adam/" + name + "/mean", shape, Initializer.constant(0)),
              state.state("adam/" + name + "/square", shape, Initializer.constant(0)),
              power1,
              power2,
              learningRate,
              tf.constant((float) beta1),
              tf.constant((float) beta2),
              tf.constant((float) epsilon),
              gradients[i].expect(TFloat32.class)));
    }
    // The powers of the next step: only after every variable has read those of this one.
    Ops after = tf.withControlDependencies(steps);
    return after
        .withControlDependencies(
            after.assign(power1, after.math.mul(power1, tf.constant((float) beta1))),
            after.assign(power2, after.math.mul(power2, tf.constant((float) beta2))))
        .noOp();
  }

  private static void requireDecay(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be in [0, 1)");
    }
  }
}
