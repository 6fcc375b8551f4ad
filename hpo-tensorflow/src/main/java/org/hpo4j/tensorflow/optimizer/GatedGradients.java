package org.hpo4j.tensorflow.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hpo4j.tensorflow.layers.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of a loss with respect to the trainable variables, and operations that wait for all
 * of them: a variable changes in place, and the gradients of earlier layers still read it.
 */
final class GatedGradients {
  private final List<String> names;
  private final Output<?>[] gradients;
  private final Ops gated;

  /** Adds the change of one variable to the graph. */
  interface Update {
    Op add(Ops tf, String name, Operand<TFloat32> gradient);
  }

  GatedGradients(Graph graph, Operand<TFloat32> loss, Variables model) {
    names = model.trainableNames();
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "no variable is trained: all are frozen, or none is there");
    }
    gradients =
        graph.addGradients(
            loss.asOutput(),
            names.stream().map(name -> model.get(name).asOutput()).toArray(Output<?>[]::new));
    gated =
        Ops.create(graph)
            .withControlDependencyOps(
                Arrays.stream(gradients).map(Output::op).toArray(Operation[]::new));
  }

  /** Adds one change for each variable. */
  List<Op> updates(Update update) {
    List<Op> steps = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      steps.add(update.add(gated, names.get(i), gradients[i].expect(TFloat32.class)));
    }
    return steps;
  }
}
